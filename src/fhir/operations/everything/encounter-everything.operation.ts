import { compartmentTypes, inCompartment, typesInCompartment } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock } from '../../../kernel';
import { accessPatients } from '../../search/access/access-condition';
import type { Scope } from '../../search/compile/scope';
import { SearchReads } from '../../search/cost/search-reads';
import { newScope } from '../../search/compile/selection';
import { fetchNamed, namesReferredTo } from '../../search/include/forward';
import { nameOf, type StoredRow, storedRow } from '../../search/include/stored-row';
import { all, type Fragment, isIn, name, sql as fragment, TRUE, wholeNumber } from '../../search/sql/fragment';
import { ResourceReader } from '../../store';
import { referenceTable } from '../../store/tables';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';
import { Everything, type WholeRecord } from './everything';
import { COUNT, CURSOR, everythingRequest, type EverythingRequest, RETURN, SINCE, TYPES } from './everything-request';
import { ALL_REFERENCES, MOST_NAMES, MOST_SHARED, type Shared, sharedBehind, typeOf } from './shared';
import { answerTypes, visibleOfTypes } from './visible-types';
import type { Walk } from './walk';

/** Encounter/[id]/$everything (R4 encounter-operation-everything). */
@OperationProvider()
export class EncounterEverything implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'everything',
    title: 'Encounter record',
    description: 'The Encounter, everything in its compartment, and what that refers to.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Encounter-everything',
    levels: ['instance'],
    types: ['Encounter'],
    affectsState: false,
    parameters: [SINCE, TYPES, COUNT, CURSOR, RETURN],
  };

  constructor(
    private readonly reads: SearchReads,
    private readonly reader: ResourceReader,
    private readonly everything: Everything,
  ) {}

  async run({ access, id, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    const request = everythingRequest(access, input);
    // The right to read it, and the difference between unknown and deleted, are the reader’s.
    await this.reader.read(access, 'Encounter', id!);
    const sql = await this.reads.reads(true);
    const [patients, now] = [await accessPatients(sql, access), clock.now()];
    const visit: Visit = { sql, access, id: id!, request, types: answerTypes(access, request), scope: () => newScope(access, patients, now) };
    const [encounter] = (await fetchNamed(sql, new Set([`Encounter/${id}`]), visit.scope(), 1)).map(storedRow);
    const first = encounter && visit.types.includes('Encounter') ? [encounter] : [];
    const record: WholeRecord = { sql, first, walks: [compartmentWalk(visit)], shared: () => referredTo(visit, encounter ? [encounter] : []) };
    return { body: await this.everything.page(access, request, record, baseUrl, `Encounter/${id}/$everything`) };
  }
}

interface Visit {
  sql: Sql;
  access: Access;
  id: string;
  request: EverythingRequest;
  types: string[];
  scope(): Scope;
}

/** By which R4's compartment definition makes something part of an Encounter. */
const PARAMS = typesInCompartment('Encounter').filter((type) => type !== 'Encounter').flatMap((type) => {
  const expression = inCompartment('Encounter', 'id', type);
  const tests = expression.op === 'or' ? expression.of : [expression];
  return tests.flatMap((test) => (test.op === 'test' ? [test.parameter.id] : []));
});

function compartmentWalk(visit: Visit): Walk {
  const since = visit.request.since === undefined ? TRUE : fragment`c.last_updated > ${visit.request.since}`;
  return { from: inCompartmentOf(visit.id), where: all([visibleOfTypes(visit.access, visit.types, visit.scope()), since]), order: 'c.type' };
}

const inCompartmentOf = (id: string): Fragment => fragment`(SELECT DISTINCT t.resource FROM ${name(referenceTable.name)} t WHERE ${isIn(name('t.param'), PARAMS)} AND t.target = ${`Encounter/${id}`}) k
  CROSS JOIN fhir_resource c ON c.id = k.resource`;

/** What the Encounter and its compartment name: the Patient, other records of the chart, and what belongs to nobody. */
async function referredTo(visit: Visit, first: readonly StoredRow[]): Promise<Shared> {
  const { sql, request, types, scope } = visit;
  const own = [...first, ...(await members(visit))];
  const known = new Set(own.map(nameOf));
  const names = [...(await namesReferredTo(sql, ALL_REFERENCES, own, MOST_NAMES))].filter((one) => !known.has(one));
  const shared = await sharedBehind({ sql, scope, types: new Set(types), ...(request.since !== undefined && { since: request.since }) }, names);
  const got = new Set(shared.rows.map(nameOf));
  const ofChart = names.filter((one) => compartmentTypes.has(typeOf(one)) && types.includes(typeOf(one)) && !got.has(one));
  const charted = (await fetchNamed(sql, new Set(ofChart), scope(), MOST_SHARED + 1)).map(storedRow);
  return { rows: [...charted.slice(0, MOST_SHARED), ...shared.rows], cut: shared.cut || charted.length > MOST_SHARED };
}

const MOST_MEMBERS = 5000;

/** What was on the pages, without its bodies. */
async function members(visit: Visit): Promise<StoredRow[]> {
  const { from, where } = compartmentWalk(visit);
  const { text, params } = fragment`SELECT c.id, c.type, c.fhir_id, c.patient FROM ${from} WHERE ${all([fragment`c.deleted = ${0}`, where])} LIMIT ${wholeNumber(MOST_MEMBERS)}`;
  return (await visit.sql.rows(text, params)).map((row) => ({ ...storedRow(row), body: Buffer.alloc(0) }));
}
