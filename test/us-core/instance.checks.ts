import { type FhirResource, validateResource } from '#libs/fhir';
import type { DemoClinic } from './clinic';
import type { UsCorePackage } from './package';
import { type MustSupportReference, Profile } from './profile';

const MOST_FAULTS = 8;

/** Where a version contradicts itself, and was corrected later. */
const ERRATA: readonly { version: string; profile: string; says: string; because: string }[] = [
  { version: '6.1.0', profile: 'us-core-vital-signs', says: '(vs-1)', because: 'The constraint holds for no Period, which the element allows.' },
];

/** What has to be seen of one profile in the data, and read by it. */
export class InstanceChecks {
  private readonly selected: FhirResource[];

  constructor(
    private readonly clinic: DemoClinic,
    private readonly defined: UsCorePackage,
    private readonly profile: Profile,
  ) {
    const found = (clinic.all.get(profile.type) ?? []).filter((one) => profile.selects(one));
    const choices = [found.filter((one) => profile.claimsVersion(one)), found.filter((one) => profile.claims(one)), found];
    this.selected = choices.find((some) => some.length > 0) ?? [];
  }

  /** Read, vread and history, of one resource of each of two patients. */
  async reads(): Promise<string[]> {
    const owned = this.selected.filter((one) => this.clinic.ownerOf(one) !== undefined);
    const owners = new Map(owned.map((one) => [this.clinic.ownerOf(one), one]));
    const faults: string[] = [];
    for (const [owner, resource] of [...owners].slice(0, 2)) {
      for (const holder of [this.clinic.staff, await this.clinic.patient(owner!)]) {
        const at = `${resource.resourceType}/${resource.id}`;
        const read = await this.clinic.request(holder, 'GET', at);
        const version = read.json?.meta?.versionId;
        const vread = await this.clinic.request(holder, 'GET', `${at}/_history/${version}`);
        const history = await this.clinic.request(holder, 'GET', `${at}/_history`);
        const answered = [read.status, read.json?.id === resource.id, read.headers.get('etag'), vread.status, vread.text === read.text, history.status, history.json?.type];
        const wanted = [200, true, `W/"${version}"`, 200, true, 200, 'history'];
        if (JSON.stringify(answered) !== JSON.stringify(wanted)) faults.push(`${holder.name} reads ${at}: ${JSON.stringify(answered)}`);
      }
    }
    return owners.size === 0 ? ['There is nothing to read.'] : faults;
  }

  /** What the searches of this profile find and is not valid by it, in the charts of those who follow this version. */
  invalid(): string[] {
    const followers = new Set((this.clinic.all.get('Patient') ?? []).filter((one) => this.clinic.follows(one, this.defined.version)).map(({ id }) => id));
    const canonical = this.profile.url.includes('/us/core/') ? `${this.profile.url}|${this.defined.version}` : `${this.profile.url}|4.0.1`;
    const all = (this.clinic.all.get(this.profile.type) ?? []).filter((one) => this.profile.finds(one) && (this.clinic.isShared(one) || followers.has(this.clinic.ownerOf(one))));
    const faults = all.flatMap((one) => validateResource(one, { profiles: [canonical] }).filter(({ severity, diagnostics }) => severity === 'error' && !this.isErratum(diagnostics)).map((issue) => `${one.resourceType}/${one.id}: ${issue.expression} ${issue.diagnostics}`));
    return faults.slice(0, MOST_FAULTS);
  }

  private isErratum(diagnostics: string): boolean {
    return ERRATA.some(({ version, profile, says }) => version === this.defined.version && profile === this.profile.name && diagnostics.includes(says));
  }

  /** Elements that fewer than two patients' data (or two of the practice's resources) show. */
  unseen(): string[] {
    return this.profile.mustSupports().flatMap(({ name, isIn }) => {
      const showing = this.selected.filter(isIn);
      const owners = new Set(showing.map((one) => (this.clinic.isShared(one) ? one.id : this.clinic.ownerOf(one))));
      return owners.size < 2 ? [`${name}: seen on ${owners.size}`] : [];
    });
  }

  /** References that do not resolve, or never to a target of the profile that is named for them. */
  async dangling(): Promise<string[]> {
    const faults: string[] = [];
    for (const reference of this.profile.references()) {
      const all = [...new Set(this.selected.flatMap(reference.of))].filter((one) => !one.startsWith('#'));
      const targets = await Promise.all(all.map((one) => this.target(one)));
      const lost = all.filter((_one, at) => targets[at] === undefined);
      if (lost.length > 0) faults.push(`${reference.name}: ${lost.slice(0, 3).join(', ')} cannot be read`);
      faults.push(...(await this.hiddenFromPatients(reference)));
      for (const url of reference.targets) {
        const profile = new Profile(this.defined, url);
        if (!targets.some((target) => target && profile.selects(target) && (profile.claims(target) || !this.isClaimed(profile)))) faults.push(`${reference.name}: refers to no ${profile.name}`);
      }
    }
    return faults;
  }

  /** What the chart of a patient refers to, one of each type, by the patient's own token. */
  private async hiddenFromPatients({ name, of }: MustSupportReference): Promise<string[]> {
    const owners = [...new Set(this.selected.filter((one) => !this.clinic.isShared(one)).map((one) => this.clinic.ownerOf(one)!))].filter(Boolean).slice(0, 2);
    const faults: string[] = [];
    for (const owner of owners) {
      const references = this.selected.filter((one) => this.clinic.ownerOf(one) === owner).flatMap(of);
      for (const reference of new Map(references.map((one) => [one.split('/')[0], one])).values()) {
        const { status } = await this.clinic.request(await this.clinic.patient(owner), 'GET', reference);
        if (status !== 200) faults.push(`${name}: the patient's token gets ${status} for ${reference}`);
      }
    }
    return faults;
  }

  private isClaimed(profile: Profile): boolean {
    return (this.clinic.all.get(profile.type) ?? []).some((one) => profile.claims(one));
  }

  private async target(reference: string): Promise<FhirResource | undefined> {
    const [type, id] = reference.split('/').slice(-2);
    const known = this.clinic.all.get(type!)?.find((one) => one.id === id);
    if (known) return known;
    const { status, json } = await this.clinic.request(this.clinic.staff, 'GET', reference);
    return status === 200 ? (json as FhirResource) : undefined;
  }
}
