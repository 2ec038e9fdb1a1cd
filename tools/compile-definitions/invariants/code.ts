/**
 * A piece of JavaScript that a FHIRPath expression became, and what it yields: a list, one value or undefined,
 * or a truth (`sure`: never undefined).
 */
export interface Code {
  js: string;
  form: 'list' | 'one' | 'truth';
  sure?: boolean;
  /** FHIR types of the items, as in the element tables; undefined: any. */
  types?: readonly string[];
  /** Set on a choice whose type has not been settled: from where, and by what name. */
  choice?: { owner: Code; stem: string };
  /** Items of a constant list. */
  constants?: readonly (string | number | boolean)[];
}

/** An expression that the compiler does not take; the message is the reason. */
export class NotCompilable extends Error {}

export const listOf = (code: Code): string => (code.form === 'list' ? code.js : code.constants ? `[${code.js}]` : `list(${code.js})`);

export const oneOf = (code: Code): string => (code.form === 'list' ? `single(${code.js})` : code.js);

/** As the operand of `and`, `or` and the like. */
export function truthOf(code: Code): Code {
  if (code.form === 'truth') return code;
  if (code.constants?.length === 1 && typeof code.constants[0] === 'boolean') return { js: code.js, form: 'truth', sure: true };
  return { js: `truth(${listOf(code)})`, form: 'truth', sure: false };
}

/** As the condition of an `if`: what is empty does not hold. */
export function holds(code: Code): string {
  const truth = truthOf(code);
  return truth.sure ? truth.js : `${truth.js} === true`;
}

export const sure = (js: string): Code => ({ js, form: 'truth', sure: true });

export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;

export function constant(value: string | number | boolean): Code {
  return { js: typeof value === 'string' ? quote(value) : String(value), form: 'one', types: [typeof value === 'number' ? 'decimal' : typeof value], constants: [value] };
}
