import { invalid } from '../../../kernel';
import type { Pairs } from './export-parameters';

/** The parameters of a GET kick-off, repeated ones included. */
export function pairsOfQuery(url: string): Pairs {
  const at = url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1))];
}

/** The parameters of a POST kick-off: a Parameters resource, each with one primitive value. */
export function pairsOfBody(body: unknown): Pairs {
  if (body === undefined || body === null) return [];
  const { resourceType, parameter = [] } = body as { resourceType?: unknown; parameter?: unknown };
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) throw invalid('The body of a kick-off must be a Parameters resource.');
  return parameter.map(pairOf);
}

function pairOf(parameter: unknown): readonly [string, string] {
  const { name, ...rest } = (parameter ?? {}) as Record<string, unknown>;
  const value = Object.entries(rest).find(([key]) => key.startsWith('value'))?.[1];
  if (typeof name !== 'string') throw invalid('Every parameter of a kick-off must have a name.');
  // A Reference (parameter `patient`) is not offered; its name is what the refusal needs.
  return [name, typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''];
}
