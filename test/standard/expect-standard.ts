import type { TestAnswer } from '../harness/start-app';

/** The envelope, key by key and in this order, without errors. */
export function expectEnvelope(answer: TestAnswer, status: number): void {
  expect({ status: answer.status, text: answer.status === status ? '' : answer.text }).toEqual({ status, text: '' });
  expect(Object.keys(answer.json)).toEqual(['validationErrors', 'internalErrors', 'data', 'links']);
  expect([answer.json.validationErrors, answer.json.internalErrors]).toEqual([[], []]);
}

/** A refusal by the field rules: 400, the envelope, and exactly these codes by field. */
export function expectInvalid(answer: TestAnswer, codes: Record<string, string[]>): void {
  expect(answer.status).toBe(400);
  expect(Object.keys(answer.json)).toEqual(['validationErrors', 'internalErrors', 'data', 'links']);
  expect([answer.json.internalErrors, answer.json.data]).toEqual([[], []]);
  expect(codesOf(answer.json.validationErrors)).toEqual(codes);
}

/** The same of a route without envelope: the body is the messages object. */
export function expectBareInvalid(answer: TestAnswer, codes: Record<string, string[]>): void {
  expect(answer.status).toBe(400);
  expect(codesOf(answer.json)).toEqual(codes);
}

const codesOf = (messages: Record<string, Record<string, string>>): Record<string, string[]> => Object.fromEntries(Object.entries(messages).map(([field, rules]) => [field, Object.keys(rules)]));

/** An error with no validation in it: short text, detail, code. */
export function expectError(answer: TestAnswer, status: number): void {
  expect({ status: answer.status, code: answer.json?.code, type: typeof answer.json?.message }).toEqual({ status, code: status, type: 'string' });
}

/** “Not there” and “not yours”: 400 naming the uuid. */
export function expectUnknownUuid(answer: TestAnswer, uuid: string, field = 'uuid'): void {
  expect({ status: answer.status, errors: answer.json?.validationErrors }).toEqual({ status: 400, errors: { [field]: { 'invalid or nonexisting value': `value ${uuid}` } } });
}

/** Nothing to show on a route without envelope. */
export function expectNothing(answer: TestAnswer): void {
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 404, text: '' });
}

export const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What an attacker puts where an id or a filter belongs: none may reach SQL as SQL, none may end in a fault. */
export const HOSTILE = [
  `' OR '1'='1`, `" OR ""="`, `1; DROP TABLE patient_data; --`, `1 UNION SELECT * FROM account`, '`id`', '/* */', '%', '_', '\\', '%00', '\u0000', '%bf%27', '‘’“”', '!', '{{1}}', 'undefined', 'null',
  'NaN', '-1', '1e309', '9'.repeat(40), '../..', '{}', '[]', '%25', 'x'.repeat(150),
];
