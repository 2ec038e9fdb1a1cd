import type { FhirResource } from '#libs/fhir';
import type { DemoClinic, Holder } from './clinic';
import type { TypeRequirements } from './requirements';

/** Types the server shows beside those of the CapabilityStatements. */
const MORE_TYPES = ['Appointment', 'Binary', 'Group', 'Person', 'Questionnaire', 'ValueSet', 'Media', 'Endpoint', 'HealthcareService'];

/** What US Core asks of the server as a whole, of one patient and staff; each check answers with what is wrong. */
export class ServerChecks {
  constructor(
    private readonly clinic: DemoClinic,
    private readonly needs: readonly TypeRequirements[],
    private readonly patients: readonly string[],
  ) {}

  /** Without a token. */
  async capabilities(): Promise<string[]> {
    const { status, json } = await this.clinic.request(undefined, 'GET', 'metadata');
    if (status !== 200 || json.resourceType !== 'CapabilityStatement' || json.fhirVersion !== '4.0.1') return [`metadata: ${status}`];
    const instantiates = (json.instantiates as string[]).includes('http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server') ? [] : ['instantiates'];
    const types = new Map((json.rest[0].resource as { type: string; supportedProfile?: string[] }[]).map((one) => [one.type, new Set((one.supportedProfile ?? []).map((url) => url.split('|')[0]))]));
    const unnamed = this.needs.flatMap(({ type, profiles }) => profiles.filter((url) => url.includes('/us/core/') && !types.get(type)?.has(url)));
    return [...instantiates, ...unnamed];
  }

  /** Each type by the patient alone. */
  async wholeCharts(): Promise<string[]> {
    const faults: string[] = [];
    for (const patient of this.patients) {
      const holder = await this.clinic.patient(patient);
      for (const type of this.needs.map((one) => one.type).filter((one) => one !== 'Patient' && this.clinic.isCharted(one))) {
        const found = await this.clinic.search(holder, type, [['patient', patient], ['_count', '500']]);
        const known = this.clinic.known(holder, type).length;
        if (found.status !== 200 || found.matches.length !== known) faults.push(`${type}?patient=${patient}: ${found.status}, ${found.matches.length} of ${known}`);
      }
    }
    return faults;
  }

  /** Roles by what their practitioners are called and known by, with those and their endpoints. */
  async chains(): Promise<string[]> {
    const faults: string[] = [];
    for (const practitioner of this.clinic.all.get('Practitioner') ?? []) {
      const role = this.clinic.all.get('PractitionerRole')!.find((one) => (one.practitioner as { reference: string }).reference === `Practitioner/${practitioner.id}`);
      if (!role) continue;
      for (const [name, value] of chainsTo(practitioner)) {
        const found = await this.clinic.search(this.clinic.staff, 'PractitionerRole', [[name, value], ['_include', 'PractitionerRole:practitioner'], ['_include', 'PractitionerRole:endpoint']]);
        const included = found.included.map(({ resourceType }) => resourceType).sort();
        if (!found.matches.includes(`PractitionerRole/${role.id}`) || JSON.stringify(included) !== '["Endpoint","Practitioner"]') faults.push(`${name}=${value}: ${found.status}, ${found.matches.length}, ${included.join()}`);
      }
    }
    return faults;
  }

  /** A status nobody uses is no fault; a date that is none, and what is not there, are; another's chart is not there. */
  async refusals(): Promise<string[]> {
    const [patient, other] = this.patients as [string, string];
    const holder = await this.clinic.patient(patient);
    const cases: [Holder | undefined, string, (status: number, total?: number) => boolean][] = [
      [holder, `MedicationRequest?patient=${patient}&intent=order&status=nonsense`, (status, total) => status === 200 && total === 0],
      [holder, `Observation?patient=${patient}&date=yesterday`, (status) => status === 400],
      [holder, `Observation?patient=${patient}&code=0-0`, (status, total) => status === 200 && total === 0],
      [holder, 'Observation/not-there', (status) => status === 404],
      [holder, `Patient/${other}`, (status) => status === 404],
      [holder, `Observation?patient=${other}`, (status, total) => status === 200 && total === 0],
      [undefined, `Patient/${patient}`, (status) => status === 401],
    ];
    const faults: string[] = [];
    for (const [who, path, isRight] of cases) {
      const { status, json } = await this.clinic.request(who, 'GET', path);
      const matches = ((json?.entry ?? []) as { search: { mode: string } }[]).filter(({ search }) => search.mode === 'match').length;
      if (!isRight(status, matches) || (status >= 400 && json?.resourceType !== 'OperationOutcome')) faults.push(`${path}: ${status}, ${matches}`);
    }
    return faults;
  }

  /** Shown in the demo, found and read. */
  async moreTypes(): Promise<string[]> {
    const faults: string[] = [];
    for (const type of MORE_TYPES) {
      const { status, json } = await this.clinic.request(this.clinic.staff, 'GET', `${type}?_count=1`);
      const [first] = ((json?.entry ?? []) as { resource: FhirResource }[]).map(({ resource }) => resource);
      const read = await this.clinic.request(this.clinic.staff, 'GET', `${type}/${first?.id}`);
      if (status !== 200 || read.status !== 200 || read.json.resourceType !== type) faults.push(`${type}: ${status}, ${read.status}`);
    }
    return faults;
  }
}

function chainsTo({ identifier, name }: FhirResource): [string, string][] {
  const [first] = identifier as { system: string; value: string }[];
  return [
    ['practitioner.identifier', `${first!.system}|${first!.value}`],
    ['practitioner.name', (name as { family: string }[])[0]!.family],
  ];
}
