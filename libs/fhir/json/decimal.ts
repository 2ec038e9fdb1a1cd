/**
 * A JSON number that a JavaScript number would change: `1.10`, `1e400`, thirty digits.
 * FHIR forbids losing the written precision of a decimal (R4 §2.24.0.1), so the literal is kept.
 */
export class Decimal {
  constructor(readonly literal: string) {}

  /** The nearest JavaScript number, for arithmetic and comparison. */
  valueOf(): number {
    return Number(this.literal);
  }

  toString(): string {
    return this.literal;
  }

  /** JSON.stringify cannot write the literal; what must not lose it goes through `stringifyJson`. */
  toJSON(): number {
    return this.valueOf();
  }
}

/** True for whatever may stand where FHIR has a number. */
export function isNumber(value: unknown): value is number | Decimal {
  return typeof value === 'number' || value instanceof Decimal;
}

/** True if a JavaScript number, written again, gives the same literal: it needs no `Decimal`. */
export function isKeptByJavaScript(literal: string): boolean {
  return String(Number(literal)) === literal;
}
