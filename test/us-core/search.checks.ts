import type { FhirResource } from '#libs/fhir';
import type { DemoClinic, Found, Holder } from './clinic';
import type { SearchParameter, UsCorePackage } from './package';
import { codingsOf, type Profile } from './profile';
import type { RequiredSearch, TypeRequirements } from './requirements';
import { daysFrom, isFoundBy, type Probe, probesOf } from './search-values';
import { codesIn } from './value-set';

type Query = [string, string][];

interface Asked {
  parameter: SearchParameter;
  probe: Probe;
}

/** A search with values that the data of one patient holds. */
interface Sample {
  patient: string;
  asked: Asked[];
}

const keysOf = (resources: readonly FhirResource[]): string[] => [...new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`))].sort();

/** Every way of asking one required search, held against what is known to be there. */
export class SearchChecks {
  readonly faults: string[] = [];
  private readonly parameters: SearchParameter[];

  constructor(
    private readonly clinic: DemoClinic,
    private readonly defined: UsCorePackage,
    private readonly profile: Profile,
    private readonly needs: TypeRequirements,
    search: RequiredSearch,
  ) {
    this.parameters = search.parameters.map((code) => defined.parameters.get(`${profile.type}.${code}`) ?? idParameter(profile.type, code));
  }

  /** Two patients, each by their own token and by staff; the many ways of writing it by one of the two. */
  async run(): Promise<string[]> {
    const samples = this.samples(2);
    const wanted = this.isShared() ? 1 : 2;
    if (samples.length < wanted) this.faults.push(`Only ${samples.length} patients have data to search by ${this.parameters.map(({ code }) => code).join(' and ')}.`);
    for (const [place, sample] of samples.entries()) {
      const holders = [this.clinic.staff, await this.clinic.patient(sample.patient)];
      for (const holder of holders) await this.askPlainly(holder, sample);
      const holder = holders[place]!;
      await this.askInEveryForm(holder, sample);
      await this.askWithComparators(holder, sample);
      await this.askForSeveral(holder, sample);
      await this.askForMore(holder, sample);
    }
    return [...new Set(this.faults)];
  }

  /** Practitioners and places belong to no patient. */
  private isShared(): boolean {
    return ['Location', 'Organization', 'Practitioner', 'PractitionerRole'].includes(this.profile.type);
  }

  private samples(most: number): Sample[] {
    const found = new Map<string, Sample>();
    for (const resource of this.clinic.all.get(this.profile.type) ?? []) {
      if (!this.profile.selects(resource)) continue;
      const patient = this.clinic.ownerOf(resource);
      if (patient === undefined || found.has(patient) || found.size === most) continue;
      const asked = this.parameters.map((parameter) => ({ parameter, probe: this.probe(parameter, resource) }));
      if (asked.every(({ probe }) => probe !== undefined)) found.set(patient, { patient, asked: asked as Asked[] });
    }
    return [...found.values()];
  }

  /** The profile's own codes come first. */
  private probe(parameter: SearchParameter, resource: FhirResource): Probe | undefined {
    const probes = probesOf(parameter, resource);
    if (parameter.code !== 'category' && parameter.code !== 'code') return probes[0];
    const fixed = this.profile.fixed(parameter.code);
    return fixed.length === 0 ? probes[0] : probes.find(({ forms }) => fixed.includes(forms[forms.length - 1]!));
  }

  private queryOf({ asked }: Sample, changes: Record<string, string> = {}): Query {
    return asked.map(({ parameter: { code }, probe }) => [code, changes[code] ?? probe.forms[0]!]);
  }

  private async askPlainly(holder: Holder, sample: Sample): Promise<void> {
    const query = this.queryOf(sample);
    const found = await this.expectKnown(holder, query);
    const posted = await this.clinic.search(holder, this.profile.type, query, 'POST');
    this.expectSame(holder, query, 'by POST', posted, found);
  }

  private async askInEveryForm(holder: Holder, sample: Sample): Promise<void> {
    for (const { parameter, probe } of sample.asked) {
      const absolute = parameter.type === 'reference' && probe.forms[1] ? [`${this.clinic.base}/${probe.forms[1]}`] : [];
      for (const form of [...probe.forms.slice(1), ...absolute]) await this.expectKnown(holder, this.queryOf(sample, { [parameter.code]: form }));
    }
  }

  private async askWithComparators(holder: Holder, sample: Sample): Promise<void> {
    for (const { parameter, probe } of sample.asked.filter(({ parameter: { type } }) => type === 'date')) {
      const written = probe.forms[0]!;
      for (const date of [`gt${daysFrom(written, -1)}`, `gt${written}`, `ge${written}`, `le${written}`, `lt${written}`, `lt${daysFrom(written, 1)}`]) {
        await this.expectKnown(holder, this.queryOf(sample, { [parameter.code]: date }));
      }
      const [from, to] = [`ge${daysFrom(written, -1)}`, `le${daysFrom(written, 1)}`];
      const others = this.queryOf(sample).filter(([name]) => name !== parameter.code);
      await this.expectKnown(holder, [...others, [parameter.code, from], [parameter.code, to]]);
    }
  }

  /** Every code the element may have, in one comma list. */
  private async askForSeveral(holder: Holder, sample: Sample): Promise<void> {
    for (const { parameter, probe } of sample.asked.filter(({ parameter: { _multipleOr } }) => _multipleOr?.extension?.some(({ valueCode }) => valueCode !== 'MAY'))) {
      const element = this.profile.elements.definition(`${this.profile.type}.${parameter.code}`);
      const known = (this.clinic.all.get(this.profile.type) ?? []).filter((one) => this.profile.selects(one)).flatMap((one) => codingsOf(valueAt(one, parameter.code)).map(({ system, code }) => (system ? `${system}|${code}` : code)));
      const codes = element?.binding?.strength === 'required' ? codesIn(this.defined, element.binding.valueSet)?.map((code) => code.slice(code.indexOf('|') + 1)) : undefined;
      const several = [...new Set(codes ?? [probe.forms[0]!, ...known.slice(0, 8).map(String)])].join(',');
      await this.expectKnown(holder, this.queryOf(sample, { [parameter.code]: several }));
    }
  }

  private async askForMore(holder: Holder, sample: Sample): Promise<void> {
    const query = this.queryOf(sample);
    const plain = await this.clinic.search(holder, this.profile.type, query);
    if (this.needs.revincludes.includes('Provenance:target')) {
      const found = await this.clinic.search(holder, this.profile.type, [...query, ['_revinclude', 'Provenance:target']]);
      this.expectSame(holder, query, 'with its Provenance', found, plain);
      const told = new Set(found.included.flatMap((one) => (one.target as { reference: string }[]).map(({ reference }) => reference)));
      const untold = found.matches.filter((key) => !told.has(key));
      if (untold.length > 0) this.faults.push(`${this.word(holder, query)}: no Provenance of ${untold.slice(0, 3).join(', ')}.`);
    }
    for (const include of this.needs.includes) await this.expectIncluded(holder, query, include, plain);
  }

  /** All that is referred to comes, and nothing else. */
  private async expectIncluded(holder: Holder, query: Query, include: string, plain: Found): Promise<void> {
    const [, name, type] = include.split(':');
    const found = await this.clinic.search(holder, this.profile.type, [...query, ['_include', include]]);
    this.expectSame(holder, query, `with ${include}`, found, plain);
    const matches = new Set(found.matches);
    const referred = this.clinic.known(holder, this.profile.type).filter(({ resourceType, id }) => matches.has(`${resourceType}/${id}`)).flatMap((one) => JSON.stringify(valueAt(one, name!) ?? '').match(/"reference":"[^"]+"/g) ?? []).map((text) => text.slice(13, -1));
    const wanted = [...new Set(referred)].filter((reference) => !type || reference.startsWith(`${type}/`)).sort();
    const got = keysOf(found.included);
    if (JSON.stringify(wanted) !== JSON.stringify(got)) this.faults.push(`${this.word(holder, query)}: ${include} gave ${got.join(', ') || 'nothing'} instead of ${wanted.join(', ') || 'nothing'}.`);
  }

  private async expectKnown(holder: Holder, query: Query): Promise<Found> {
    const found = await this.clinic.search(holder, this.profile.type, query);
    const patient = /[^/]+$/.exec(query.find(([code]) => code === 'patient')?.[1] ?? '')?.[0];
    const wanted = this.clinic.known(holder, this.profile.type, holder.patient ?? patient).filter((one) => query.every(([code, value]) => isFoundBy(this.parameters.find((parameter) => parameter.code === code)!, value, one)));
    const [got, expected] = [found.matches, keysOf(wanted)];
    if (found.status !== 200) this.faults.push(`${this.word(holder, query)}: ${found.status} ${found.text}`);
    else if (JSON.stringify(got) !== JSON.stringify(expected)) this.faults.push(`${this.word(holder, query)}: found ${got.length} (${difference(got, expected)}), there are ${expected.length} (${difference(expected, got)}).`);
    else if (new Set(got).size !== got.length) this.faults.push(`${this.word(holder, query)}: some came twice.`);
    this.faults.push(...found.faults.map((fault) => `${this.word(holder, query)}: ${fault}`));
    return found;
  }

  private expectSame(holder: Holder, query: Query, how: string, found: Found, plain: Found): void {
    if (found.status === 200 && JSON.stringify(found.matches) === JSON.stringify(plain.matches) && found.faults.length === 0) return;
    this.faults.push(`${this.word(holder, query)} ${how}: ${found.status}, ${found.matches.length} instead of ${plain.matches.length}; ${found.faults.join(' ')} ${found.status === 200 ? '' : found.text}`);
  }

  private word(holder: Holder, query: Query): string {
    return `${holder.name} asks ${this.profile.type}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
  }
}

const difference = (some: readonly string[], others: readonly string[]): string => some.filter((key) => !others.includes(key)).slice(0, 2).join(', ') || 'none besides';

/** The element of a parameter's name, chosen types included. */
function valueAt(resource: FhirResource, name: string): unknown {
  return resource[name] ?? resource[Object.keys(resource).find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))) ?? ''];
}

const idParameter = (type: string, code: string): SearchParameter => ({ resourceType: 'SearchParameter', url: '', code, base: [type], type: code === '_id' ? 'token' : 'reference', expression: code === '_id' ? 'Resource.id' : `${type}.${code}` });
