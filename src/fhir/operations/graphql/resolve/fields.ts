import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { isResourceType, LOGICAL_ID } from '#libs/fhir';
import { invalid, notFound } from '../../../../kernel';
import { requireRule } from '../../../search/access/access-condition';
import { referenceCode, searchPairs } from '../schema/search-arguments';
import type { Found, Resource } from './found';
import type { Loads } from './loads';

type Resolver = GraphQLFieldResolver<Resource, Loads, Record<string, unknown>>;

/** `Patient(id: …)`. */
export const one = (type: string): Resolver => async (_source, { id }, loads) => {
  requireRule(loads.access, type, ['r']);
  const resource = LOGICAL_ID.test(String(id)) ? await loads.named(`${type}/${String(id)}`) : undefined;
  if (!resource) throw notFound(`${type}/${String(id).slice(0, 64)}`);
  return resource;
};

/** `PatientList(name: …)`: one page of what matches. */
export const list = (type: string): Resolver => async (_source, args, loads) => resourcesOf(await searched(type, args, loads));

/** `ObservationList(_reference: patient, …)` within a resource: what refers to it. */
export const referringList = (type: string): Resolver => async (source, { _reference, ...args }, loads, { parentType }) => {
  const code = referenceCode(type, parentType.name, String(_reference));
  if (code === undefined) throw invalid(`${type} does not refer to a ${parentType.name} by “${String(_reference).slice(0, 64)}”.`);
  return resourcesOf(await searched(type, args, loads, [[code, `${parentType.name}/${String(source.id)}`]]));
};

/** `PatientConnection(…)`: a page with its total and the way to the next. */
export const connection = (type: string): Resolver => async (_source, args, loads, info) => {
  const found = await searched(type, args, loads);
  const count = asksFor(info, 'count') ? await loads.count(type, searchPairs(type, args).filter(([name]) => !SHAPING.has(name))) : undefined;
  const next = found.link.find(({ relation }) => relation === 'next');
  const edges = matches(found).map(({ resource, search }) => ({ mode: search.mode, score: search.score, resource }));
  return { count, pagesize: edges.length, next: next && new URL(next.url).searchParams.get('_cursor'), edges };
};

/** Say how an answer is to look; a number has no looks. */
const SHAPING: ReadonlySet<string> = new Set(['_count', '_sort', '_cursor']);

async function searched(type: string, { _count, ...args }: Record<string, unknown>, loads: Loads, more: [string, string][] = []): Promise<Found> {
  if (typeof _count === 'number' && _count < 1) throw invalid('_count must be at least 1.');
  return loads.search(type, [...more, ...searchPairs(type, args)], _count as number | undefined);
}

const matches = (found: Found) => (found.entry ?? []).filter(({ search }) => search.mode === 'match');
const resourcesOf = (found: Found): Resource[] => matches(found).map(({ resource }) => resource as Resource);

const asksFor = ({ fieldNodes }: GraphQLResolveInfo, name: string): boolean =>
  fieldNodes.some(({ selectionSet }) => selectionSet?.selections.some((one) => one.kind !== 'Field' || one.name.value === name));

const REFERENCE = /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]+)?$/;

/** `subject { resource { … on Patient { … } } }`. With `optional`, what cannot be had is null instead of an error. */
export const referencedResource: Resolver = async (source, { optional, type: wanted }, loads) => {
  const reference = typeof source.reference === 'string' ? source.reference : undefined;
  if (reference === undefined) return null;
  const contained = loads.contained.of(source);
  if (contained) return wanted === undefined || wanted === contained.resourceType ? contained : null;
  const local = reference.startsWith(`${loads.baseUrl}/`) ? reference.slice(loads.baseUrl.length + 1) : reference;
  const [, type = '', id = ''] = REFERENCE.exec(local) ?? [];
  if (wanted !== undefined && type !== wanted) return null;
  const resource = isResourceType(type) ? await loads.named(`${type}/${id}`) : undefined;
  if (!resource && optional !== true) throw notFound('What is referred to');
  return resource ?? null;
};

/** An element, its list narrowed down by the arguments. */
export const element: Resolver = (source, args, loads, { fieldName }) => {
  loads.budget.spend('fields');
  const value = Object.hasOwn(source, fieldName) ? source[fieldName] : undefined;
  return Array.isArray(value) ? narrowed(value, args) : value;
};

function narrowed(items: unknown[], { _offset, _count, ...wanted }: Record<string, unknown>): unknown[] {
  const conditions = Object.entries(wanted);
  const kept = conditions.length === 0 ? items : items.filter((item) => conditions.every(([name, value]) => holds(item, name, value)));
  const from = typeof _offset === 'number' ? Math.max(0, _offset) : 0;
  return typeof _count === 'number' ? kept.slice(from, from + Math.max(0, _count)) : kept.slice(from);
}

/** One of the values, where the element repeats. */
function holds(item: unknown, name: string, value: unknown): boolean {
  const found = typeof item === 'object' && item !== null && Object.hasOwn(item, name) ? (item as Resource)[name] : undefined;
  return (Array.isArray(found) ? found : [found]).some((one) => one !== undefined && one !== null && String(one) === String(value));
}
