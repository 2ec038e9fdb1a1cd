import type { Expression, SearchRequest } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock } from '../../../kernel';
import { accessExpression } from '../access/access-expression';
import { accessPatients } from '../access/access-condition';
import { patientsNamed } from '../access/patients-named';
import type { Scope, Wanted } from '../compile/scope';
import { newScope, selection, type Selection } from '../compile/selection';
import type { Verb } from '../../../kernel';
import { broadFilters } from './breadth';
import { countQuery } from './order-by-key';
import type { Fragment } from '../sql/fragment';

/** A search made ready: what is wanted, and how to put it into statements. */
export class PreparedSearch {
  private constructor(
    readonly sql: Sql,
    private readonly access: Access,
    private readonly wanted: Wanted,
    private readonly patients: ReadonlyMap<string, number>,
    private readonly broad: ReadonlySet<Expression>,
    private readonly now: number,
  ) {}

  /** At most two statements: keys of the patients named, and how broad the filters are. */
  static async of(sql: Sql, access: Access, request: Pick<SearchRequest, 'type' | 'filters'>, verbs: readonly Verb[]): Promise<PreparedSearch> {
    const { type, filters } = request;
    const wanted = { type, filters, access: accessExpression(access, type, verbs) };
    const patients = await accessPatients(sql, access, filters.flatMap(patientsNamed));
    const now = clock.now();
    const broad = await broadFilters(sql, wanted, newScope(access, patients, now));
    return new PreparedSearch(sql, access, wanted, patients, broad, now);
  }

  scope(): Scope {
    return newScope(this.access, this.patients, this.now);
  }

  /** The plan of the search, to choose by. */
  plan(): Selection {
    return selection(this.wanted, 'r', this.scope(), this.broad);
  }

  /** True where filters match so much that a page may well be found by asking the first resources one by one. */
  get isBroad(): boolean {
    return this.broad.size > 0;
  }

  async count(): Promise<number> {
    const [row] = await this.run(countQuery);
    return Number(row![0]);
  }

  /** Runs one statement over what was found; resources go by the alias `r`. `oneByOne`: without collecting broad filters. */
  run(statement: (found: Selection, scope: Scope) => Fragment, oneByOne = false): Promise<unknown[][]> {
    const scope = this.scope();
    const { text, params } = statement(selection(this.wanted, 'r', scope, oneByOne ? this.broad : undefined), scope);
    return this.sql.rows(text, params);
  }
}
