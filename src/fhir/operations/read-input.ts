import { type FhirResource, validateResource } from '#libs/fhir';
import { invalid, type Problem } from '../../kernel';
import type { OperationDeclaration, OperationParameter } from './operation';
import { type OperationArgument, OperationInput } from './operation-input';
import { kindOf, valueName } from './parameter-types';
import { type QueryPairs, queryParameters } from './query-parameters';
import { type RawParameter, rawParameters } from './raw-parameter';

/**
 * The in-parameters of a call (R4 §3.2.0.3): those of the URL, those of a Parameters resource, or the one resource
 * that the operation takes, sent as the body itself. Throws `invalid` naming each parameter that is not as declared.
 */
export function readInput(declaration: OperationDeclaration, query: QueryPairs, body?: unknown): OperationInput {
  const declared = declaration.parameters.filter(({ use }) => use === 'in');
  const raw = [...bodyParameters(declaration.name, declared, body), ...queryParameters(query, declared)];
  const problems = [...unknownNames(declaration.name, raw, declared), ...badValues(raw)];
  if (problems.length > 0) throw refused(problems);
  return inputOf(raw, declared, '');
}

function bodyParameters(operation: string, declared: readonly OperationParameter[], body: unknown): RawParameter[] {
  if (body === undefined || body === null) return [];
  const resource = body as FhirResource;
  if (typeof body !== 'object' || typeof resource.resourceType !== 'string') throw invalid('The body must be one FHIR resource in JSON.');
  if (resource.resourceType === 'Parameters') return rawParameters(resource.parameter, 'Parameters.parameter');
  const [sole, ...others] = declared.filter((parameter) => kindOf(parameter) === 'resource');
  if (!sole || others.length > 0) throw invalid(`The body of $${operation} must be a Parameters resource.`);
  return [{ name: sole.name, resource }];
}

function unknownNames(operation: string, raw: readonly RawParameter[], declared: readonly OperationParameter[]): Problem[] {
  const unknown = raw.filter(({ name }) => !declared.some((one) => one.name === name));
  const offered = declared.map(({ name }) => name).join(', ') || 'none';
  return unknown.map(({ name }) => ({ path: name, rule: 'not-supported', message: `${name.slice(0, 64)} is no parameter of $${operation}; it takes: ${offered}.` }));
}

/** Values as R4 has them. Resources are left to the operation, which may want to say what is wrong with them itself. */
function badValues(raw: readonly RawParameter[]): Problem[] {
  if (raw.length === 0) return [];
  const values = { resourceType: 'Parameters', parameter: raw.map(withoutResource) };
  return validateResource(values).map(({ code, expression, diagnostics }) => {
    const at = /^Parameters\.parameter\[(\d+)\]/.exec(expression)?.[1];
    return { path: expression, rule: code, message: at === undefined ? diagnostics : `${raw[Number(at)]!.name.slice(0, 64)}: ${diagnostics}` };
  });
}

const withoutResource = ({ resource, part, ...rest }: RawParameter): object => ({
  ...rest,
  ...(part && { part: part.map(withoutResource) }),
  ...((resource || (!part && Object.keys(rest).length === 1)) && { valueBoolean: true }),
});

function inputOf(raw: readonly RawParameter[], declared: readonly OperationParameter[], within: string): OperationInput {
  const problems = declared.flatMap((parameter) => miscounted(parameter, raw, within));
  if (problems.length > 0) throw refused(problems);
  return new OperationInput(raw.map((one) => argumentOf(one, declared.find(({ name }) => name === one.name), within)));
}

function miscounted({ name, min, max }: OperationParameter, raw: readonly RawParameter[], within: string): Problem[] {
  const count = raw.filter((one) => one.name === name).length;
  if (count < min) return [{ path: within + name, rule: 'required', message: `${within}${name} is required.` }];
  return max === '1' && count > 1 ? [{ path: within + name, rule: 'structure', message: `${within}${name} may be given once.` }] : [];
}

function argumentOf(raw: RawParameter, parameter: OperationParameter | undefined, within: string): OperationArgument {
  const path = within + raw.name;
  if (!parameter) throw refused([{ path, rule: 'not-supported', message: `${path.slice(0, 128)} is not known here.` }]);
  const { name, resource, part } = raw;
  const kind = kindOf(parameter);
  if (kind === 'parts') return { name, parts: inputOf(part ?? [], parameter.parts ?? [], `${path}.`) };
  if (kind !== 'resource') return { name, value: argumentValue(raw, parameter, path) };
  if (!resource || (parameter.type !== 'Resource' && resource.resourceType !== parameter.type)) throw refused([{ path, rule: 'structure', message: `${path} must be a ${parameter.type}.` }]);
  return { name, resource };
}

function argumentValue(raw: RawParameter, parameter: OperationParameter, path: string): unknown {
  const type = parameter.type!;
  const key = Object.keys(raw).find((one) => one.startsWith('value'));
  const value = key === undefined ? undefined : raw[key];
  const kind = kindOf(parameter);
  const fits = type === 'Element' ? value !== undefined : kind === 'text' ? typeof value === 'string' : key === valueName(type) || (kind === 'number' && NUMBERS.has(key ?? ''));
  if (!fits) throw refused([{ path, rule: 'structure', message: `${path} must have a ${valueName(type)}.` }]);
  return value;
}

/** Clients mix these up, and the operation bounds what it takes. */
const NUMBERS = new Set(['valueInteger', 'valuePositiveInt', 'valueUnsignedInt', 'valueDecimal']);

const refused = (problems: Problem[]) => invalid('The operation cannot be run as asked.', problems);
