import { type FhirResource, parseJson, referencesIn, type SearchRequest } from '#libs/fhir';
import type { Sql } from '../../../database';
import type { Access } from '../../../kernel';
import { provenanceOf } from '../../derived/history-provenance';
import { nameOf, type StoredRow } from './stored-row';

/**
 * What `_revinclude=Provenance:target` adds beyond stored Provenance: for matches that none of those speaks of,
 * the one that history itself knows.
 */
export async function historyProvenance(sql: Sql, access: Access, request: SearchRequest, matches: readonly StoredRow[], included: readonly StoredRow[]): Promise<StoredRow[]> {
  if (!request.revincludes.some(isOfTarget)) return [];
  const spokenOf = new Set(included.filter((row) => row.type === 'Provenance').flatMap((row) => referencesIn(parseJson(row.body.toString()) as FhirResource)));
  const silent = matches.filter((row) => row.type !== 'Provenance' && !spokenOf.has(nameOf(row)));
  const found = await provenanceOf(sql, access, silent.map((row) => row.id));
  return found.map(({ id, body }): StoredRow => ({ id: 0, type: 'Provenance', fhirId: id, patient: 0, body }));
}

const isOfTarget = (include: SearchRequest['revincludes'][number]): boolean => (include.source === '*' || include.source === 'Provenance') && (include.parameter === undefined || include.parameter.code === 'target');
