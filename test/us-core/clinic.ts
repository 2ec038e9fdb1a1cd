import { demoClinic } from '#libs/demo';
import { compartmentTypes, type FhirResource, patientsOf } from '#libs/fhir';
import { Importer } from '../../src/fhir/import';
import { BackendClient } from '../bulk/bulk.fixture';
import { patientToken, staffToken } from '../harness/sign-in';
import type { Version } from './package';
import { startApp, type TestAnswer, type TestApp } from '../harness/start-app';

/** What came on all pages of an answer. */
export interface Found {
  status: number;
  text: string;
  /** `Type/id` of what matches, sorted. */
  matches: string[];
  included: FhirResource[];
  faults: string[];
}

export interface Holder {
  name: string;
  token: string;
  /** Whose chart it reaches; absent: everybody's. */
  patient?: string;
}

type Query = readonly (readonly [string, string])[];

const SITE = '/apis/default/fhir';
const MOST_PAGES = 40;

/** The demo clinic served by the real application, and clients that ask it over HTTP. */
export class DemoClinic {
  /** Everything a backend service can see, by type. */
  readonly all = new Map<string, FhirResource[]>();
  private readonly charts = new Map<string, FhirResource[]>();
  private readonly answers = new Map<string, Promise<Found>>();
  private readonly patients = new Map<string, Promise<Holder>>();
  staff!: Holder;
  private system!: Holder;

  private constructor(private readonly app: TestApp) {}

  static async open(patients: number, types: readonly string[]): Promise<DemoClinic> {
    const clinic = new DemoClinic(await startApp({ LOG_LEVEL: 'silent', SALUS_BODY_LIMIT: String(64 * 1024 * 1024) }));
    const { refusals } = await clinic.app.app.get(Importer).importBundles('default', demoClinic({ patients }), 'demo clinic');
    if (refusals.length > 0) throw new Error(`The demo clinic is not valid: ${JSON.stringify(refusals.slice(0, 3))}`);
    clinic.staff = { name: 'a clinician', token: await staffToken(clinic.app) };
    const backend = await BackendClient.register(clinic.app, 'system/*.rs');
    clinic.system = { name: 'a backend service', token: await backend.token() };
    for (const type of types) await clinic.search(clinic.system, type, [['_count', '500']], 'GET', (one) => clinic.hold(one));
    return clinic;
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  get base(): string {
    return `${this.app.url}${SITE}`;
  }

  /** A patient signed in to their own record, as an app launched for them would be. */
  patient(id: string): Promise<Holder> {
    let holder = this.patients.get(id);
    if (!holder) {
      holder = patientToken(this.app, id, { scopes: 'openid fhirUser launch/patient patient/*.rs' }).then((token) => ({ name: 'the patient', token, patient: id }));
      this.patients.set(id, holder);
    }
    return holder;
  }

  private hold(resource: FhirResource): void {
    const held = this.all.get(resource.resourceType) ?? [];
    held.push(resource);
    this.all.set(resource.resourceType, held);
    const owner = this.ownerOf(resource) ?? '';
    const key = `${resource.resourceType}/${owner}`;
    this.charts.set(key, [...(this.charts.get(key) ?? []), resource]);
  }

  typesHeld(): string[] {
    return [...this.all.keys()];
  }

  /** What there is of a type, for a holder. */
  known(holder: Holder, type: string, patient = holder.patient): FhirResource[] {
    const some = patient === undefined || !compartmentTypes.has(type) ? this.all.get(type) : this.charts.get(`${type}/${patient}`);
    return (some ?? []).filter((one) => this.maySee(holder, one));
  }

  /** Whose chart a resource is part of; the clinic itself for what is nobody's. */
  ownerOf(resource: FhirResource): string | undefined {
    return compartmentTypes.has(resource.resourceType) ? patientsOf(resource)[0] : this.anyPatient;
  }

  /** A patient who claims no version follows the newest. */
  follows(patient: FhirResource, version: Version): boolean {
    const versions = (patient.meta?.profile ?? []).flatMap((url) => url.split('|').slice(1));
    return versions.length > 0 ? versions.includes(version) : version === '8.0.0';
  }

  /** Practitioners, places and medicines are the practice's. */
  isShared({ resourceType }: FhirResource): boolean {
    return !this.isCharted(resourceType);
  }

  isCharted(type: string): boolean {
    return compartmentTypes.has(type);
  }

  maySee({ patient }: Holder, resource: FhirResource): boolean {
    return patient === undefined || !compartmentTypes.has(resource.resourceType) || (patientsOf(resource).length === 1 && patientsOf(resource)[0] === patient);
  }

  private get anyPatient(): string | undefined {
    return this.all.get('Patient')?.[0]?.id;
  }

  request(holder: Holder | undefined, method: string, path: string, form?: Query): Promise<TestAnswer> {
    return this.app.request(method, path.startsWith('http') ? path : `${SITE}/${path}`, { ...(holder && { token: holder.token }), ...(form && { form: form as [string, string][] }) });
  }

  /** What a Binary holds, in its own media type. */
  content(holder: Holder, address: string, accept: string): Promise<TestAnswer> {
    return this.app.request('GET', `${SITE}/${address}`, { token: holder.token, headers: { accept } });
  }

  /** Follows the pages; the same question is asked once. */
  search(holder: Holder, type: string, query: Query, method: 'GET' | 'POST' = 'GET', each?: (match: FhirResource) => void): Promise<Found> {
    const key = JSON.stringify([holder.name, holder.patient, type, query, method]);
    let answer = this.answers.get(key);
    if (!answer) {
      answer = this.collect(holder, type, query, method, each);
      this.answers.set(key, answer);
    }
    return answer;
  }

  private async collect(holder: Holder, type: string, query: Query, method: 'GET' | 'POST', each?: (match: FhirResource) => void): Promise<Found> {
    const first = method === 'GET' ? this.request(holder, 'GET', `${type}?${new URLSearchParams(query as [string, string][])}`) : this.request(holder, 'POST', `${type}/_search`, query);
    const found: Found = { status: 200, text: '', matches: [], included: [], faults: [] };
    let answer = await first;
    for (let page = 0; page < MOST_PAGES; page++) {
      Object.assign(found, { status: answer.status, text: answer.text.slice(0, 400) });
      if (answer.status !== 200) return found;
      read(answer.json, type, found, each);
      const next = (answer.json.link as { relation: string; url: string }[] | undefined)?.find(({ relation }) => relation === 'next');
      if (!next) return { ...found, matches: found.matches.sort() };
      answer = await this.request(holder, 'GET', next.url);
    }
    found.faults.push('There is no end of pages.');
    return found;
  }
}

interface Entry {
  fullUrl?: string;
  resource: FhirResource;
  search?: { mode: string };
}

function read(bundle: { resourceType: string; type: string; entry?: Entry[] }, type: string, found: Found, each?: (match: FhirResource) => void): void {
  if (bundle.resourceType !== 'Bundle' || bundle.type !== 'searchset') found.faults.push('The answer is no searchset.');
  for (const { fullUrl, resource, search } of bundle.entry ?? []) {
    if (!search || (!fullUrl && search.mode !== 'outcome')) found.faults.push(`${resource.resourceType}/${resource.id} has no fullUrl or mode.`);
    if (search?.mode === 'match') {
      found.matches.push(`${resource.resourceType}/${resource.id}`);
      each?.(resource);
    }
    if (search?.mode === 'include') found.included.push(resource);
    if (search?.mode === 'match' && resource.resourceType !== type) found.faults.push(`A ${resource.resourceType} was found.`);
  }
}
