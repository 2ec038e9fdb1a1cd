import type { CodeableConcept, Coding, FhirResource } from '#libs/fhir';
import { invalid } from '../../kernel';
import type { OperationInput, OperationParameter } from '../operations';

/** A parameter of an answer: `value[x]`, or parts. */
export interface AnswerParameter {
  name: string;
  part?: AnswerParameter[];
  [value: `value${string}`]: unknown;
}

/** A Parameters resource without what has no value. */
export function parametersAnswer(parameters: readonly AnswerParameter[]): FhirResource {
  return { resourceType: 'Parameters', parameter: parameters.filter(isGiven).map((one) => ({ ...one, ...(one.part && { part: one.part.filter(isGiven) }) })) };
}

const isGiven = ({ name: _, ...value }: AnswerParameter): boolean => Object.values(value).some((one) => one !== undefined);

/** In-parameters in short: `code? code The code …`. */
export const taken = (name: string, type: string, documentation: string, max: '1' | '*' = '1', min = 0): OperationParameter => ({ name, use: 'in', min, max, type, documentation });
export const given = (name: string, type: string, documentation: string, min = 0, max: '1' | '*' = '1'): OperationParameter => ({ name, use: 'out', min, max, type, documentation });

/** Parameters that are defined, and that would change the answer, but are not followed here. */
export function refuseGiven(input: OperationInput, names: readonly string[]): void {
  const refused = names.filter((name) => input.has(name));
  if (refused.length > 0) throw invalid('The operation cannot be run as asked.', refused.map((path) => ({ path, rule: 'not-supported', message: `${path} is not followed here; leave it out.` })));
}

/** What the three ways to give a code come to: `code` with `system`, `coding`, `codeableConcept`; exactly one of them. */
export function codingsOf(input: OperationInput, versionName = 'version'): { concept: CodeableConcept; single: boolean } {
  const ways = ['code', 'coding', 'codeableConcept'].filter((name) => input.has(name));
  if (ways.length !== 1) throw invalid('Give one of code, coding and codeableConcept.', [{ path: ways[1] ?? 'code', rule: ways.length === 0 ? 'required' : 'structure', message: 'Give exactly one of code, coding and codeableConcept.' }]);
  if (ways[0] === 'codeableConcept') return { concept: input.one('codeableConcept') as CodeableConcept, single: false };
  if (ways[0] === 'coding') return { concept: { coding: [input.one('coding') as Coding] }, single: true };
  const optional = { system: input.text('system'), version: input.text(versionName), display: input.text('display') };
  const coding = Object.fromEntries(Object.entries({ ...optional, code: input.text('code') }).filter(([, value]) => value !== undefined));
  return { concept: { coding: [coding] }, single: true };
}
