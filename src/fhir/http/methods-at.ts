import { isResourceType } from '#libs/fhir';

/** Methods taken by what stands in the second place, whatever the type. */
const BELOW_TYPE: Readonly<Record<string, string>> = { _search: 'POST', _history: 'GET' };
const BELOW_BASE: Readonly<Record<string, string>> = { ...BELOW_TYPE, metadata: 'GET' };
const INSTANCE = 'DELETE, GET, PATCH, PUT';

/**
 * What `Allow` says of an address below the FHIR base (R4 §3.1.0, the table of interactions); undefined where there is
 * nothing for any method. Operations say so themselves.
 */
export function methodsAt(path: string): string | undefined {
  const [first, second, third, ...more] = path.split('/').filter((part) => part !== '');
  if (first === undefined) return 'GET, POST';
  if (second === undefined && BELOW_BASE[first]) return BELOW_BASE[first];
  if (!isResourceType(first) || [second, third].some((part) => part?.startsWith('$'))) return undefined;
  if (second === undefined) return 'DELETE, GET, PATCH, POST, PUT';
  if (third === undefined) return BELOW_TYPE[second] ?? INSTANCE;
  if (third === '_history') return more.length <= 1 ? 'GET' : undefined;
  if (more.length === 0) return 'GET';
  return more.length === 1 && more[0] === '_search' ? 'POST' : undefined;
}
