import { Injectable } from '@nestjs/common';
import { compartmentTypes, type FhirResource, parseJson, type ResourceMeta, resourceTypes, searchParameter } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock, rulesFor } from '../../../kernel';
import { typesPresent } from '../../bulk/types-present';
import { accessPatients, requireRule } from '../../search/access/access-condition';
import { chartOf } from '../../search/compile/chart';
import { condition } from '../../search/compile/condition';
import type { Scope } from '../../search/compile/scope';
import { SearchReads } from '../../search/cost/search-reads';
import { newScope } from '../../search/compile/selection';
import { all, type Fragment, isIn, joined, name, sql as fragment, TRUE } from '../../search/sql/fragment';
import { indexTables } from '../../store/tables';
import { labelled, type Labels, labelsOf, withLabels } from './labels';

/** At most so many different labels are told. */
const MOST = 500;

const NAMES = { _profile: 'profile', _tag: 'tag', _security: 'security' } as const;

/** Which labels are in use: read off the search indexes by hops from one value to the next, so that the cost is that of the labels. */
@Injectable()
export class LabelsInUse {
  constructor(private readonly reads: SearchReads) {}

  /** Of a type, or of all that the caller may search. Throws `forbidden` without any right to search the type. */
  async find(access: Access, type?: string): Promise<ResourceMeta> {
    if (type !== undefined) requireRule(access, type, ['s']);
    const sql = await this.reads.reads(false);
    const types = type === undefined ? await typesPresent(sql, resourceTypes.filter((one) => rulesFor(access, one, 's').length > 0)) : [type];
    const [patients, now] = [await accessPatients(sql, access), clock.now()];
    let labels = labelsOf(undefined);
    for (const one of types) labels = await collected(sql, one, newScope(access, patients, now), labels);
    return labelled(undefined, labels);
  }
}

const sizeOf = ({ profile, security, tag }: Labels): number => profile.length + security.length + tag.length;

async function collected(sql: Sql, type: string, scope: Scope, before: Labels): Promise<Labels> {
  let labels = before;
  for (const code of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
    for (let after: unknown[] | undefined; sizeOf(labels) < MOST; ) {
      const [row] = await nextValue(sql, type, code, scope, after);
      if (!row) break;
      const [body, ...values] = row;
      after = values;
      const { meta } = parseJson((body as Buffer).toString()) as FhirResource;
      labels = withLabels(labels, { ...labelsOf(undefined), [NAMES[code]]: labelsOf(meta)[NAMES[code]] });
    }
  }
  return labels;
}

/** The next value behind `after` that something visible has, with that resource: the index keeps systems as hashes. */
function nextValue(sql: Sql, type: string, code: string, scope: Scope, after: unknown[] | undefined): Promise<unknown[][]> {
  const parameter = searchParameter(type, code)!;
  const table = indexTables[parameter.type as keyof typeof indexTables];
  const columns = table.key.slice(2, -1).map((column) => name(`t.${column}`));
  const access = scope.visible(type);
  const chart = compartmentTypes.has(type) ? chartOf(type, [], access, scope) : undefined;
  const { text, params } = fragment`SELECT c.body, ${joined(columns, ', ')} FROM ${name(table.name)} t CROSS JOIN fhir_resource c ON c.id = t.resource
    WHERE ${all([chart ? isIn(name('t.patient'), chart) : TRUE, fragment`t.param = ${parameter.id}`, behind(columns, after), fragment`c.deleted = ${0}`, condition(access, 'c', type, scope)])}
    ORDER BY ${joined(columns, ', ')} LIMIT 1`;
  return sql.rows(text, params);
}

/** The first column alone lets the databases begin in the midst of the index. */
function behind(columns: readonly Fragment[], after: unknown[] | undefined): Fragment {
  if (!after) return TRUE;
  const values = joined(after.map((value) => fragment`${value as string | number}`), ', ');
  return fragment`${columns[0]!} >= ${after[0] as string} AND (${joined(columns, ', ')}) > (${values})`;
}
