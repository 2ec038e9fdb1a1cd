import { randomUUID } from 'node:crypto';
import type { FhirResource } from '#libs/fhir';
import { Accounts } from '../../../src/auth';
import { GrantStore } from '../../../src/auth/tokens/grant.store';
import { TokenStore } from '../../../src/auth/tokens/token.store';
import { Db } from '../../../src/database';
import { Importer } from '../../../src/fhir/import';
import { type OperationDeclaration, OperationRegistry } from '../../../src/fhir/operations';
import { clock, runInContext } from '../../../src/kernel';
import { startApp, type TestApp } from '../../harness/start-app';
import { chart, entangled, gone, shared } from './universe';

/** One clinic with Bert in it and one that never heard of him; in both the same Anna. Names of one length, so that answers are of one length too. */
export const WORLDS = { with: 'default', without: 'another' } as const;
export type World = keyof typeof WORLDS;

export interface Request { method: string; path: string; body?: unknown; headers?: Record<string, string> }
export interface Answer { status: number; headers: Record<string, unknown>; text: string }

/** Whose token asks: one confined to Anna, or one that may see everybody. */
export type Reach = 'anna' | 'everybody';

const SCOPES: Record<Reach, string> = { anna: 'patient/*.cruds', everybody: 'user/*.cruds' };

/** Both worlds in one running server, and tokens for each. */
export class TwoWorlds {
  private readonly tokens = new Map<string, string>();
  private readonly realNow = clock.now;

  private constructor(private readonly app: TestApp) {}

  static async open(): Promise<TwoWorlds> {
    const worlds = new TwoWorlds(await startApp({ SITES: Object.values(WORLDS).join(',') }));
    // What is written at another time differs by that alone.
    const start = clock.now();
    clock.now = () => start;
    // Interleaved, so that Anna's resources have other keys in the two worlds, as they would in two clinics.
    await worlds.load('with', [...shared(), ...woven(chart('bert'), chart('anna')), ...entangled()]);
    await worlds.load('with', gone());
    await worlds.remove('with', gone());
    await worlds.load('without', [...shared(), ...chart('anna')]);
    for (const world of ['with', 'without'] as const) for (const reach of ['anna', 'everybody'] as const) worlds.tokens.set(`${reach} ${world}`, await worlds.token(world, reach));
    return worlds;
  }

  async close(): Promise<void> {
    clock.now = this.realNow;
    await this.app.stop();
  }

  base(world: World): string {
    return `${this.app.url}/apis/${WORLDS[world]}/fhir`;
  }

  /** All but exports, which are jobs: test/bulk. */
  operations(): OperationDeclaration[] {
    return this.app.app.get(OperationRegistry, { strict: false }).all().map(({ declaration }) => declaration).filter(({ name }) => name !== 'export');
  }

  /** `path` is relative to the FHIR base, or a link of an earlier answer. */
  async ask(reach: Reach, world: World, { method, path, body, headers = {} }: Request): Promise<Answer> {
    const url = path.startsWith('http') ? path.slice(this.app.url.length) : `/apis/${WORLDS[world]}/fhir/${path}`;
    const answer = await this.app.app.inject({
      method: method as 'GET', url: url.replace(/\/$/, ''),
      headers: { authorization: `Bearer ${this.tokens.get(`${reach} ${world}`)}`, ...(body !== undefined && { 'content-type': 'application/fhir+json' }), ...headers },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  }

  private load(world: World, resources: readonly FhirResource[]): Promise<void> {
    return this.store(world, resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })));
  }

  private remove(world: World, resources: readonly FhirResource[]): Promise<void> {
    return this.store(world, resources.map((resource) => ({ request: { method: 'DELETE', url: `${resource.resourceType}/${resource.id}` } })));
  }

  private async store(world: World, entry: readonly object[]): Promise<void> {
    const bundle = { resourceType: 'Bundle', type: 'batch', entry };
    const report = await this.app.app.get(Importer, { strict: false }).importBundles(WORLDS[world], [bundle], 'universe');
    if (report.refused > 0) throw new Error(`The universe is not valid: ${JSON.stringify(report.refusals, null, 1)}`);
  }

  /** A token as an app launched by staff holds it: for Anna, whom it may write about and who is all it reaches; or for nobody in particular. */
  private async token(world: World, reach: Reach): Promise<string> {
    const site = WORLDS[world];
    const scopes = [SCOPES[reach]];
    const client = await this.app.request('POST', `/oauth2/${site}/registration`, { body: { application_type: 'private', client_name: 'Proof', redirect_uris: ['https://app.example.org/callback'], scope: 'patient/*.rs' } });
    if (client.status !== 200) throw new Error(`Registration answered ${client.status}: ${client.text}`);
    const token = randomUUID();
    await runInContext({ requestId: 'test', site, audit: {} }, async () => {
      const account = await this.app.app.get(Accounts).create({ kind: 'users', username: `prover-${reach}`, password: 'Correct-Horse-7', displayName: 'Prover', group: 'Administrators', fhirUser: 'Practitioner/shared-Practitioner' });
      await this.app.app.get(Db).transaction(async (tx) => {
        const grant = await this.app.app.get(GrantStore, { strict: false }).add(tx, { clientId: client.json.client_id, kind: 'users', accountId: account.id, scopes, ...(reach === 'anna' && { patient: 'anna' }), launch: {}, authTime: Math.floor(clock.now() / 1000) });
        await this.app.app.get(TokenStore, { strict: false }).add(tx, [{ token, kind: 'access', grantId: grant.id, scopes, expiresAt: clock.now() + 3_600_000 }]);
      });
    });
    return token;
  }
}

const woven = (one: FhirResource[], other: FhirResource[]): FhirResource[] => one.flatMap((resource, index) => [resource, ...other.slice(index, index + 1)]);
