import { compartmentTypes, extractIndexEntries, type FhirResource, type IndexEntries, parseJson, resourceTypes, type SearchParameter, searchParametersOf } from '#libs/fhir';
import type { Request } from './two-worlds';
import { chart, goneId, idOf, shared } from './universe';

const get = (path: string): Request => ({ method: 'GET', path: path.replaceAll(' ', '%20').replaceAll('"', '%22') });

const bertsChart = new Map(chart('bert').map((resource) => [resource.resourceType, resource]));
const annasWorld = new Map([...shared(), ...chart('anna')].map((resource) => [resource.resourceType, resource]));

/** Every type that is stored: those of which there is one of Bert's, and those that are nobody's. */
export const TYPES: readonly string[] = [...annasWorld.keys()];
export const isBerts = (type: string): boolean => bertsChart.has(type);

/** Bert's resource by its address, in every way a single resource is read. */
export function reads(type: string): Request[] {
  const mine = `${type}/${annasWorld.get(type)!.id}`;
  const his = `${type}/${idOf('bert', type)}`;
  return [mine, his, `${type}/${goneId(type)}`, `${type}/never-was`].flatMap((path) => [get(path), get(`${path}/_history`), get(`${path}/_history/1`), get(`${path}/_history/2`), get(`${path}?_summary=true`), get(`${path}?_elements=id`), { method: 'HEAD', path }, { ...get(path), headers: { 'if-none-match': 'W/"1"' } }]);
}

export const histories = (type: string): Request[] => [get(`${type}/_history`), get(`${type}/_history?_count=1`), get(`${type}/_history?_since=1990-01-01T00:00:00Z`)];

/** Searches of the type that say nothing of anyone. */
export function plainSearches(type: string): Request[] {
  const queries = ['', '?_summary=count', '?_total=accurate&_count=1', '?_sort=_lastUpdated', '?_sort=-_id', '?_include=*', '?_revinclude=*', '?_include=*&_include:iterate=*', '?_count=1', '?_count=0', `?_id=${idOf('bert', type)}`, `?_id=${idOf('bert', type)},${idOf('anna', type)}`, `?_id:not=${idOf('anna', type)}`, `?_type=${type}`,
    '?_content=bertsmark', '?_text=bertsmark', '?_content=not bertsmark', `?_list=${idOf('bert', 'List')}`, `?_list=${idOf('anna', 'List')}`, ...[`_id eq ${idOf('bert', type)}`, `not (_id eq ${idOf('anna', type)})`, `_id eq ${idOf('anna', type)} or _id eq ${idOf('bert', type)}`, '_tag eq bertsmark', 'not (_tag eq bertsmark)'].map((filter) => `?_filter=${encodeURIComponent(filter)}`)];
  const compartments = ['bert', 'anna'].map((who) => `Patient/${who}/${type}`);
  return [...queries.map((query) => `${type}${query}`), ...compartments].map(get);
}

/** The same asked of the whole system. */
export const systemSearches = (type: string): Request[] => [
  get(`?_type=${type}`), get(`?_type=${type}&_tag=bertsmark`), get(`?_type=${type},Patient&_sort=-_lastUpdated&_count=2`), get(`?_type=${type}&_summary=count`), get(`_history?_type=${type}`),
  { method: 'POST', path: '_search', body: `_type=${type}&_id=${idOf('bert', type)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
];

export const berts = (type: string): FhirResource | undefined => bertsChart.get(type);

/** A guess at Bert's values, and at Anna's, by each parameter of the type. */
export function guesses(type: string): Request[] {
  return searchParametersOf(type).flatMap((parameter) => {
    const values = [searchedValue(bertsChart.get(type), parameter), searchedValue(annasWorld.get(type), parameter)].filter((value) => value !== undefined);
    const tests = values.flatMap((value) => [`${parameter.code}=${value}`, `${parameter.code}=${value}&_summary=count`, ...modified(parameter, value)]);
    const sorted = [`_sort=${parameter.code}`, `_sort=-${parameter.code}&_count=1`];
    return [...tests, `${parameter.code}:missing=true`, `${parameter.code}:missing=false`, ...sorted].map((query) => get(`${type}?${query}`));
  });
}

function modified({ code, type }: SearchParameter, value: string): string[] {
  if (type === 'token') return [`${code}:not=${value}`, `${code}:text=bertsmark`];
  if (type === 'string') return [`${code}:contains=${value.slice(2)}`, `${code}:exact=${value}`];
  if (type === 'date') return [`${code}=gt${value}`, `${code}=lt${value}`, `${code}=ap${value}`];
  if (type === 'quantity' || type === 'number') return [`${code}=gt${value}`, `${code}=ne${value}`];
  if (type === 'reference') return [`${code}:identifier=bertsmark`, `${code}:Patient=bert`];
  return [];
}

/** Anna's and everybody's resources asked about by what Bert's say. */
export function chains(type: string): Request[] {
  const forward = searchParametersOf(type).filter((parameter) => parameter.type === 'reference').flatMap((parameter) => {
    const targets = parameter.targets.filter((target) => bertsChart.has(target)).slice(0, 2);
    return targets.flatMap((target) => telling(target).map(([code, value]) => `${parameter.code}:${target}.${code}=${value}`));
  });
  return forward.map((query) => get(`${type}?${query}`));
}

export function reverseChains(type: string): Request[] {
  const backward = resourceTypes.filter((source) => compartmentTypes.has(source)).flatMap((source) =>
    searchParametersOf(source).filter((parameter) => parameter.type === 'reference' && parameter.targets.length < 20 && parameter.targets.includes(type)).flatMap((parameter) =>
      telling(source).slice(0, 1).map(([code, value]) => `_has:${source}:${parameter.code}:${code}=${value}`)));
  return backward.map((query) => get(`${type}?${query}`));
}

/** Two parameters with values that only Bert's resource of the type has. */
function telling(type: string): [string, string][] {
  const values = searchParametersOf(type).filter(({ type: kind }) => kind === 'token' || kind === 'string').flatMap((parameter): [string, string][] => {
    const value = searchedValue(bertsChart.get(type), parameter);
    return value?.includes('bert') ? [[parameter.code, value]] : [];
  });
  return [['_id', idOf('bert', type)] as [string, string], ...values].slice(0, 2);
}

/** A value of the parameter as a search would give it; undefined where the resource has none. */
function searchedValue(resource: FhirResource | undefined, { id, kind, code }: SearchParameter): string | undefined {
  if (!resource || kind === null) return code === '_id' ? resource?.id : undefined;
  const [entry] = indexed(resource)[kind].filter((one) => one.param === id);
  if (!entry) return undefined;
  if ('target' in entry) return encodeURIComponent(entry.target);
  if ('system2' in entry) return encodeURIComponent(`${entry.code}$${entry.text || entry.lo}`);
  if ('system' in entry && 'lo' in entry) return String((entry as { value: number }).value);
  if ('lo' in entry) return new Date((entry as { lo: number }).lo).toISOString().slice(0, 10);
  return encodeURIComponent('code' in entry ? entry.code : (entry as { value: string }).value);
}

const indexed = (resource: FhirResource): IndexEntries => extractIndexEntries(parseJson(JSON.stringify(resource)) as FhirResource);

/** Everything of the type at once, each entry judged as if alone. */
export function batch(type: string): Request {
  const urls = [...reads(type), ...plainSearches(type), ...guesses(type).slice(0, 20)].filter(({ method }) => method === 'GET').map(({ path }) => path);
  return { method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'batch', entry: urls.map((url) => ({ request: { method: 'GET', url } })) } };
}

const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const REMOVE_LANGUAGE = '[{"op":"remove","path":"/language"}]';

/** Writes under Bert's address and by what only his resource says. */
export function writes(type: string): Request[] {
  const mine = annasWorld.get(type)!;
  const his = `${type}/${idOf('bert', type)}`;
  const asHis = { ...mine, id: idOf('bert', type) };
  const { id: _, ...unnamed } = mine;
  return [
    { method: 'PUT', path: `${type}/${goneId(type)}`, body: { ...mine, id: goneId(type) } },
    { method: 'DELETE', path: `${type}/${goneId(type)}` },
    { method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'DELETE', url: `${type}/${goneId(type)}` } }] } },
    { method: 'PUT', path: his, body: asHis },
    { method: 'PUT', path: his, body: asHis, headers: { 'if-match': 'W/"1"' } },
    { method: 'PUT', path: his, body: asHis, headers: { 'if-none-match': '*' } },
    { method: 'PUT', path: his, body: { resourceType: type, id: asHis.id } },
    { method: 'PATCH', path: his, body: REMOVE_LANGUAGE, headers: JSON_PATCH },
    { method: 'DELETE', path: his },
    { method: 'DELETE', path: his, headers: { 'if-match': 'W/"7"' } },
    { method: 'DELETE', path: `${type}?_tag=bertsmark` },
    { method: 'PATCH', path: `${type}?_tag=bertsmark`, body: REMOVE_LANGUAGE, headers: JSON_PATCH },
    { method: 'POST', path: type, body: unnamed, headers: { 'if-none-exist': '_tag=bertsmark,annasmark' } },
    { method: 'PUT', path: `${type}?_tag=bertsmark,annasmark`, body: mine },
    { method: 'PUT', path: `${type}?_tag=bertsmark`, body: unnamed },
    { method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: asHis, request: { method: 'PUT', url: his } }] } },
    { method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'DELETE', url: his } }, { request: { method: 'DELETE', url: `${type}?_tag=bertsmark` } }] } },
    { method: 'DELETE', path: `${type}/${mine.id}` },
    { method: 'GET', path: `${type}?_total=accurate` },
  ];
}
