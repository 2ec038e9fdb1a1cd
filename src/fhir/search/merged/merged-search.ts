import type { SearchRequest } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock } from '../../../kernel';
import { accessPatients } from '../access/access-condition';
import { accessExpression } from '../access/access-expression';
import { patientsNamed } from '../access/patients-named';
import type { Scope } from '../compile/scope';
import { newScope, selection } from '../compile/selection';
import { cut, type FetchedPage } from '../page/fetch-page';
import type { Position } from '../page/page-order';
import { type Fragment, joined, sql as fragment } from '../sql/fragment';
import { mergedPage, type Part } from './merged-page';

/** A search of several types made ready; each type keeps its own filters and its own access. */
export class MergedSearch {
  private constructor(
    readonly sql: Sql,
    private readonly access: Access,
    private readonly each: readonly SearchRequest[],
    private readonly patients: ReadonlyMap<string, number>,
    private readonly now: number,
  ) {}

  /** At most one statement: keys of the patients named. */
  static async of(sql: Sql, access: Access, each: readonly SearchRequest[]): Promise<MergedSearch> {
    const patients = await accessPatients(sql, access, each.flatMap(({ filters }) => filters.flatMap(patientsNamed)));
    return new MergedSearch(sql, access, each, patients, clock.now());
  }

  scope(): Scope {
    return newScope(this.access, this.patients, this.now);
  }

  async page({ count }: SearchRequest, after: Position | undefined): Promise<FetchedPage> {
    if (this.each.length === 0) return { rows: [] };
    const scope = this.scope();
    return cut(await this.run(mergedPage(this.parts(scope), count + 1, after?.keys, scope)), count, 'merged');
  }

  async count(): Promise<number> {
    if (this.each.length === 0) return 0;
    const counts = this.parts(this.scope()).map(({ found: { from, where } }) => fragment`(SELECT COUNT(*) FROM ${from} WHERE ${where})`);
    const [row] = await this.run(fragment`SELECT ${joined(counts, ' + ')}`);
    return Number(row![0]);
  }

  private parts(scope: Scope): Part[] {
    return this.each.map(({ type, filters, sort }) => ({ found: selection({ type, filters, access: accessExpression(this.access, type, ['s']) }, 'r', scope), sort }));
  }

  private run({ text, params }: Fragment): Promise<unknown[][]> {
    return this.sql.rows(text, params);
  }
}
