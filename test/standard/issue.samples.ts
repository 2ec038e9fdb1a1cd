import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dateColumn, type FhirResource, type FhirSource, parseJson, rewriteReferences } from '#libs/fhir';
import { readTar } from '../harness/tar';
import { type IssueRow, issueDomain } from '../../src/clinical/issue';

const SHARED = join(__dirname, '..', '..', '..', 'shared');
const US_CORE = join(SHARED, 'fhir', 'hl7.fhir.us.core-8.0.0.tgz');
const SYNTHEA = join(SHARED, 'data', 'synthea');

/** `it`, or a skipped one that says why. */
export const withSamples = existsSync(US_CORE) && existsSync(SYNTHEA) ? it : (name: string, _: () => void) => it.skip(`${name} (the sample data are not beside the project)`, () => undefined);

/** Every resource of a type in the Synthea bundles and among the US Core examples, as it would be stored. */
export function samplesOf(type: string): FhirResource[] {
  const bundles = readdirSync(SYNTHEA).filter((name) => name.endsWith('.json.gz')).map((name) => parseJson(gunzipSync(readFileSync(join(SYNTHEA, name))).toString()) as FhirResource);
  const examples = readTar(gunzipSync(readFileSync(US_CORE))).filter(({ name }) => name.startsWith(`package/example/${type}-`));
  return [...bundles.flatMap((bundle) => ofBundle(bundle, type)), ...examples.map(({ content }) => parseJson(content.toString()) as FhirResource)];
}

function ofBundle(bundle: FhirResource, type: string): FhirResource[] {
  const resources = (bundle.entry as { resource: FhirResource }[]).map((entry) => entry.resource);
  const types = new Map(resources.map((resource) => [`urn:uuid:${resource.id}`, resource.resourceType]));
  const found = resources.filter((resource) => resource.resourceType === type);
  for (const resource of found) rewriteReferences(resource, (reference) => (types.has(reference) ? `${types.get(reference)}/${reference.slice(9)}` : undefined));
  return found;
}

/** The row a resource becomes; undefined where its domain has no place for it. */
export function rowOf(source: FhirSource<IssueRow>, resource: FhirResource): IssueRow | undefined {
  const placed = source.fromFhir(resource);
  const empty = Object.fromEntries(Object.keys(issueDomain.tables[0]!.columns).map((name) => [name, null]));
  return placed && ({ ...empty, uuid: resource.id, id: 1, pid: 1, ...placed.columns } as unknown as IssueRow);
}

export const render = (source: FhirSource<IssueRow>, row: IssueRow): FhirResource => source.toFhir(row)[0]!.resource;

/** Where `part` says something that `whole` does not. Dates count by the second they name; items of an array in any order. */
export function beyond(part: unknown, whole: unknown, path = ''): string[] {
  if (Array.isArray(part)) return part.flatMap((item, index) => (Array.isArray(whole) && whole.some((one) => beyond(item, one).length === 0) ? [] : [`${path}[${index}]`]));
  if (typeof part !== 'object' || part === null) return part === whole || (typeof part === 'string' && isDate(part) && dateColumn(part) === dateColumn(whole)) ? [] : [path];
  if (typeof whole !== 'object' || whole === null) return [path];
  return Object.entries(part).flatMap(([name, value]) => beyond(value, (whole as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`));
}

const isDate = (text: string): boolean => /^\d{4}(-\d{2}){0,2}(T.+)?$/.test(text);
