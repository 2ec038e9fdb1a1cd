import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import { type RequestOptions, startApp, type TestAnswer, type TestApp } from '../harness/start-app';

export const MRN = 'https://clinic.example/mrn';
export const JSON_PATCH = 'application/json-patch+json';

export interface Resource {
  resourceType: string;
  id?: string;
  [element: string]: unknown;
}

export const patient = (mrn?: string, more: Record<string, unknown> = {}): Resource => ({ resourceType: 'Patient', ...(mrn !== undefined && { identifier: [{ system: MRN, value: mrn }] }), ...more });
export const observation = (subject: string, more: Record<string, unknown> = {}): Resource => ({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: subject }, ...more });

/** The FHIR API over HTTP, with the token of an administrator unless another is given. */
export class WritingClient {
  private constructor(
    readonly app: TestApp,
    readonly token: string,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<WritingClient> {
    const app = await startApp(settings);
    return new WritingClient(app, await staffToken(app));
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, options: Pick<RequestOptions, 'token'> = {}): Promise<TestAnswer> {
    return this.app.request(method, `/apis/default/fhir/${path}`, { token: this.token, ...options, headers, ...(body !== undefined && { body }) });
  }

  get(path: string): Promise<TestAnswer> {
    return this.call('GET', path);
  }

  /** Stores `resource` under an id of its own and returns it. */
  async stored(resource: Resource): Promise<Resource & { id: string }> {
    const id = resource.id ?? randomUUID();
    const answer = await this.call('PUT', `${resource.resourceType}/${id}`, { ...resource, id });
    if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json as Resource & { id: string };
  }

  /** A JSON Patch. */
  patch(path: string, operations: unknown, headers: Record<string, string> = {}, options: Pick<RequestOptions, 'token'> = {}): Promise<TestAnswer> {
    return this.call('PATCH', path, typeof operations === 'string' ? operations : JSON.stringify(operations), { 'content-type': JSON_PATCH, ...headers }, options);
  }

  async count(search: string): Promise<number> {
    return (await this.get(`${search}&_summary=count`)).json.total as number;
  }
}

/** `status code` of an answer: 412 conflict. */
export const said = ({ status, json }: TestAnswer): string => `${status}${json?.issue ? ` ${json.issue[0].code}` : ''}`;
