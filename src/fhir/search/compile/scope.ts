import type { Expression } from '#libs/fhir';
import type { Access } from '../../../kernel';
import { accessExpression } from '../access/access-expression';
import type { Fragment } from '../sql/fragment';

/** What is wanted: the resources of `type` that pass all filters, of those that the caller may see. */
export interface Wanted {
  type: string;
  filters: readonly Expression[];
  access: Expression;
}

/** Compiles what stands at the other end of a reference; handed in, since that is a search like the one it is part of. */
export type Select = (wanted: Wanted, r: string, scope: Scope) => { from: Fragment; where: Fragment };

/** What the compilation of one statement shares. */
export class Scope {
  private aliases = 0;

  constructor(
    private readonly access: Access,
    /** Surrogate keys of the patients that the search and the access speak of, by logical id. */
    private readonly patients: ReadonlyMap<string, number>,
    readonly now: number,
    readonly select: Select,
  ) {}

  /** Undefined for a patient nobody has ever spoken of. */
  patientKey(logicalId: string): number | undefined {
    return this.patients.get(logicalId);
  }

  /** An alias that no other part of the statement has. */
  alias(letter: string): string {
    this.aliases += 1;
    return `${letter}${this.aliases}`;
  }

  /** What the caller may see of the resources of `type` that a search passes through. */
  visible(type: string): Expression {
    return accessExpression(this.access, type, ['s', 'r']);
  }
}
