import type { FhirResource } from '#libs/fhir';
import type { DemoClinic } from './clinic';
import { listed } from './elements';
import type { Fields, Version } from './package';
import { codingsOf } from './profile';

const NOTES = ['11488-4', '18842-5', '34117-2', '28570-0', '11506-3', '18748-4', '11502-2', '11526-1', '11504-8', '34111-5'];
const NOTES_BY: Record<Version, number> = { '3.1.1': 5, '6.1.0': 8, '7.0.0': 8, '8.0.0': 10 };
const REPORTS = ['LP29684-5', 'LP29708-2', 'LP7839-6'];
const ASSESSED = ['sdoh', 'functional-status', 'disability-status', 'cognitive-status'];
const ASSESSED_LATER = ['activity', 'social-history'];

/** What the guide says beside its profiles, of the charts of two patients: each check answers with what is missing. */
export class GuidanceChecks {
  constructor(
    private readonly clinic: DemoClinic,
    private readonly version: Version,
    private readonly patients: readonly string[],
  ) {}

  notes(): string[] {
    const types = this.codes('DocumentReference', 'type');
    const categories = this.codes('DiagnosticReport', 'category');
    return [...NOTES.slice(0, NOTES_BY[this.version]).filter((code) => !types.has(code)), ...REPORTS.filter((code) => !categories.has(code))];
  }

  /** What a report presents by its address is a document of the same patient too. */
  async sharedAttachments(): Promise<string[]> {
    const faults: string[] = [];
    for (const patient of this.patients) {
      const reports = this.of(patient, 'DiagnosticReport').filter((one) => codingsOf(one.category).some(({ code }) => REPORTS.includes(code!)));
      const presented = reports.flatMap((one) => (listed(one.presentedForm) as Fields[]).flatMap(({ url }) => (url as string) ?? []));
      const documents = new Set(this.of(patient, 'DocumentReference').flatMap((one) => (listed(one.content) as { attachment: { url?: string } }[]).map(({ attachment }) => attachment.url)));
      if (presented.length === 0) faults.push(`${patient} has no report with an address`);
      faults.push(...presented.filter((url) => !documents.has(url)));
      const holder = await this.clinic.patient(patient);
      const { status, json } = await this.clinic.request(holder, 'GET', presented[0] ?? 'Binary/none');
      if (status !== 200 || json.resourceType !== 'Binary') faults.push(`${presented[0]}: ${status}`);
      const content = await this.clinic.content(holder, presented[0]!, 'text/plain');
      if (content.status !== 200 || !content.text.includes('Impression:')) faults.push(`${presented[0]} as text: ${content.status}`);
      const other = await this.clinic.patient(this.patients.find((one) => one !== patient)!);
      if ((await this.clinic.request(other, 'GET', presented[0]!)).status !== 404) faults.push(`${presented[0]} is shown to another patient`);
    }
    return faults;
  }

  /** Each document tells who keeps it. */
  custodians(): string[] {
    return this.all('DocumentReference').filter(({ custodian }) => custodian === undefined).map(({ id }) => `DocumentReference/${id}`);
  }

  assessments(): string[] {
    if (this.version === '3.1.1') return [];
    const surveys = this.all('Observation').filter((one) => codingsOf(one.category).some(({ code }) => code === 'survey'));
    const seen = new Set(surveys.flatMap((one) => codingsOf(one.category).map(({ code }) => code)));
    const wanted = this.version === '6.1.0' ? ASSESSED : [...ASSESSED, ...ASSESSED_LATER];
    return [...wanted.filter((code) => !seen.has(code)), ...(this.codes('Condition', 'category').has('sdoh') ? [] : ['Condition: sdoh'])];
  }

  /** By the extension and by the code. */
  missingData(): string[] {
    const text = JSON.stringify(this.clinic.typesHeld().flatMap((type) => this.clinic.all.get(type) ?? []));
    const ways = ['"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"', '"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"unknown"'];
    return ways.filter((way) => !text.includes(way));
  }

  interpreters(): string[] {
    if (this.version !== '8.0.0') return [];
    const told = [...this.all('Patient'), ...this.all('Encounter')].flatMap((one) => listed(one.extension) as Fields[]).filter(({ url }) => String(url).endsWith('/us-core-interpreter-needed'));
    return told.some(({ valueCoding }) => ['373066001', '373067005'].includes((valueCoding as { code: string })?.code)) ? [] : ['us-core-interpreter-needed'];
  }

  /** Sex at birth until 3.1.1; then sex: a code, from 8.0.0 a coding. */
  sex(): string[] {
    const [name, value] = this.version === '3.1.1' ? ['us-core-birthsex', 'valueCode'] : ['us-core-sex', this.version === '8.0.0' ? 'valueCoding' : 'valueCode'];
    const tells = (patient: FhirResource): boolean => (listed(patient.extension) as Fields[]).some((one) => String(one.url).endsWith(`/${name}`) && one[value!] !== undefined);
    return this.all('Patient').filter((one) => !tells(one)).map(({ id }) => `${id}: ${name}.${value}`);
  }

  /** An address of their own, or a role to be asked for. */
  async practitioners(): Promise<string[]> {
    const faults: string[] = [];
    for (const one of this.clinic.all.get('Practitioner') ?? []) {
      const isWhole = (listed(one.address) as Fields[]).some((address) => ['line', 'city', 'state', 'postalCode', 'country'].every((part) => address[part] !== undefined));
      const roles = await this.clinic.search(this.clinic.staff, 'PractitionerRole', [['practitioner', one.id!]]);
      if (!isWhole && roles.matches.length === 0) faults.push(`Practitioner/${one.id}`);
    }
    return faults;
  }

  private of(patient: string, type: string): FhirResource[] {
    return this.clinic.known({ name: 'anyone', token: '', patient }, type);
  }

  private all(type: string): FhirResource[] {
    return this.patients.flatMap((patient) => this.of(patient, type));
  }

  private codes(type: string, element: string): Set<string | undefined> {
    return new Set(this.all(type).flatMap((one) => codingsOf(one[element]).map(({ code }) => code)));
  }
}
