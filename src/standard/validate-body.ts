import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { Decimal } from '#libs/fhir';
import { getMetadataStorage, validateSync } from 'class-validator';
import type { ColumnSpecs } from '../database';
import type { Problem } from '../kernel';
import { invalid } from '../kernel';
import { BareInvalid } from './bare';
import { misfits } from './column-values';

export interface BodyRules {
  /** PUT: nothing is required, but what is sent must be valid and not empty. */
  partial?: boolean;
  /** The route answers without envelope. */
  bare?: boolean;
  /** Fields that may be sent empty to clear them, or because old clients send them so. */
  mayBeEmpty?: readonly string[];
  /** Columns beyond the declared fields that are taken too; anything else is dropped. */
  columns?: ReadonlySet<string>;
  /** The table behind the fields: what is sent must fit its columns. */
  specs?: ColumnSpecs;
}

type Fields = Record<string, unknown>;

/**
 * The accepted fields of a request body. Throws `invalid` naming field and rule for every problem.
 * Objects and arrays are never field values here; unknown fields are dropped.
 */
export function validateBody<T extends object>(dto: new () => T, body: unknown, rules: BodyRules = {}): Partial<T> & Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) fail([{ path: 'body', rule: 'IsObject::INVALID', message: 'The body must be a JSON object' }], rules);
  const given = accepted(dto, body as Fields, rules);
  const ruled = [...emptyProblems(given, rules), ...ruleProblems(dto, given, rules)];
  const problems = [...ruled, ...misfits(without(given, ruled), rules.specs ?? {})];
  if (problems.length > 0) fail(problems, rules);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === '' ? null : value])) as Partial<T> & Fields;
}

/** A field that a rule refused already is not judged again. */
const without = (given: Fields, problems: readonly Problem[]): Fields => Object.fromEntries(Object.entries(given).filter(([name]) => !problems.some(({ path }) => path === name)));

function fail(problems: Problem[], rules: BodyRules): never {
  throw rules.bare ? new BareInvalid(problems) : invalid('The input is not valid.', problems);
}

function accepted(dto: new () => object, body: Fields, { columns }: BodyRules): Fields {
  const known = declaredFields(dto);
  const taken = Object.entries(body).filter(([name]) => known.has(name) || columns?.has(name));
  // Numbers with more digits than JavaScript keeps arrive as Decimal; columns hold what a number holds.
  return Object.fromEntries(taken.map(([name, value]) => [name, value instanceof Decimal ? Number(value.valueOf()) : value]));
}

const declared = new WeakMap<object, Set<string>>();

/** Fields that carry a rule; class-validator knows them. */
export function declaredFields(dto: new () => object): Set<string> {
  let fields = declared.get(dto);
  if (!fields) {
    fields = new Set(getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false).map((one) => one.propertyName));
    declared.set(dto, fields);
  }
  return fields;
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function emptyProblems(given: Fields, { mayBeEmpty = [] }: BodyRules): Problem[] {
  return Object.entries(given).flatMap(([path, value]): Problem[] => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
      return mayBeEmpty.includes(path) || mayBeEmpty.includes('*') ? [] : [{ path, rule: 'NotEmpty::EMPTY_VALUE', message: `${path.replaceAll('_', ' ')} must not be empty` }];
    }
    return isScalar(value) ? [] : [{ path, rule: 'IsString::NOT_A_STRING', message: `${path.replaceAll('_', ' ')} must be text or a number` }];
  });
}

function ruleProblems(dto: new () => object, given: Fields, { partial }: BodyRules): Problem[] {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== '' && isScalar(value)));
  const failures = validateSync(plainToInstance(dto, present), { forbidUnknownValues: false });
  return failures.flatMap((failure) => {
    const missing = !(failure.property in given);
    if (missing && (partial || !failure.constraints?.required)) return [];
    if (!missing && !(failure.property in present)) return [];
    return Object.entries(failure.constraints ?? {}).filter(([name]) => !missing || name === 'required').map(([, text]) => problem(failure.property, text));
  });
}

function problem(path: string, text: string): Problem {
  const at = text.indexOf('|');
  return { path, rule: text.slice(0, at), message: text.slice(at + 1) };
}
