import type { FhirResource } from '#libs/fhir';
import { invalid } from '../../kernel';

/** `Parameters.parameter` before anything but its name is known. */
export interface RawParameter {
  name: string;
  resource?: FhirResource;
  part?: RawParameter[];
  [value: string]: unknown;
}

const MOST = 2000;

/** The list as it stands in a body, its shape checked down to the parts. */
export function rawParameters(value: unknown, path: string): RawParameter[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformed(path, 'Expected a list of parameters.');
  if (value.length > MOST) throw malformed(path, `At most ${MOST} parameters are taken.`);
  return value.map((one, index) => rawParameter(one, `${path}[${index}]`));
}

function rawParameter(value: unknown, path: string): RawParameter {
  if (!isObject(value)) throw malformed(path, 'Expected a parameter.');
  const { name, resource, part } = value;
  if (typeof name !== 'string' || name === '') throw malformed(`${path}.name`, 'Every parameter needs a name.');
  if (resource !== undefined && !(isObject(resource) && typeof resource.resourceType === 'string')) throw malformed(`${path}.resource`, 'Expected a resource.');
  return { ...value, name, ...(part !== undefined && { part: rawParameters(part, `${path}.part`) }) } as RawParameter;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (path: string, message: string) => invalid('The body is no Parameters resource as the operation expects it.', [{ path, rule: 'structure', message }]);
