import type { OutcomeIssue } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, invalid, rulesFor } from '../../../kernel';
import { requireRule } from '../../search/access/access-condition';
import { SearchReads } from '../../search/cost/search-reads';
import { type StoredRow, storedRow } from '../../search/include/stored-row';
import { pageColumns } from '../../search/page/page-columns';
import { PreparedSearch } from '../../search/page/run-search';
import { noteSearched } from '../../search/note-patient';
import { readRequest } from '../../search/read-request';
import { isIn, name, sql as fragment } from '../../search/sql/fragment';
import { answerBundle } from '../answer-bundle';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration, OperationParameter } from '../operation';
import type { OperationInput } from '../operation-input';
import { OperationProvider } from '../operation-provider';
import { latestByCode } from './latest-by-code';

const MOST_PER_CODE = 100;
const MOST = 1000;

const selects = (name: string, type: string, documentation: string): OperationParameter => ({ name, use: 'in', min: 0, max: '*', type, documentation: `${documentation} As in a search.` });

const SELECTING = [
  selects('patient', 'reference', 'Whose Observations.'), selects('subject', 'reference', 'The same.'), selects('category', 'token', 'Only of these categories.'), selects('code', 'token', 'Only with one of these codes.'),
  selects('date', 'date', 'Only of this time.'), selects('status', 'token', 'Only of this status.'), selects('encounter', 'reference', 'Only of this Encounter.'),
];

/** Observation/$lastn (R4 observation-operation-lastn). */
@OperationProvider()
export class LastN implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'lastn',
    title: 'Latest Observations',
    description: 'The latest Observations of a patient for each code, newest first.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Observation-lastn',
    levels: ['type'],
    types: ['Observation'],
    affectsState: false,
    parameters: [
      { name: 'max', use: 'in', min: 0, max: '1', type: 'positiveInt', documentation: `How many for each code, at most ${MOST_PER_CODE}; 1 unless said otherwise.` },
      // A search takes a date with a prefix, which the data type does not.
      ...SELECTING.map((one) => (one.type === 'date' ? { ...one, type: 'string' } : one)),
      { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A Bundle of type searchset.' },
    ],
  };

  constructor(
    private readonly reads: SearchReads,
  ) {}

  async run({ access, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    requireRule(access, 'Observation', ['s']);
    const max = input.number('max') ?? 1;
    if (max < 1 || max > MOST_PER_CODE) throw invalid(`max must lie between 1 and ${MOST_PER_CODE}.`, [{ path: 'max', rule: 'value', message: 'Out of range.' }]);
    const asked = selecting(input);
    if (!asked.some(([name]) => name === 'patient' || name === 'subject') && !isOfOneChart(access)) throw invalid('Say whose Observations: give patient or subject.', [{ path: 'patient', rule: 'required', message: 'Required.' }]);
    const { filters } = readRequest('Observation', asked, baseUrl, true);
    noteSearched(filters);
    const search = await PreparedSearch.of(await this.reads.reads(true), access, { type: 'Observation', filters }, ['s']);
    const keys = (await search.run((found) => latestByCode(found, max, MOST + 1))).map(([key]) => key as number);
    const rows = await rowsOf(search.sql, keys);
    const used = [...asked, ...(input.has('max') ? [['max', String(max)] as [string, string]] : [])];
    const cut = rows.length > MOST;
    return { body: answerBundle({ base: baseUrl, path: 'Observation/$lastn', used, matches: rows.slice(0, MOST), notes: cut ? [CUT] : [], ...(!cut && { total: rows.length }) }) };
  }
}

const selecting = (input: OperationInput): [string, string][] => SELECTING.flatMap(({ name }) => input.texts(name).map((value): [string, string] => [name, value])).map(ofOne);

function ofOne([name, value]: [string, string]): [string, string] {
  if ((name === 'patient' || name === 'subject') && value.includes(',')) throw invalid(`${name} names one patient.`, [{ path: name, rule: 'value', message: 'Ask for each patient apart.' }]);
  return [name, value];
}

/** Who is confined to one patient need not say which. */
function isOfOneChart(access: Access): boolean {
  const patients = new Set(rulesFor(access, 'Observation', 's').map(({ patient }) => patient));
  return patients.size === 1 && !patients.has(undefined);
}

/** Apart from the search: joined to it, MariaDB would rather begin with all resources there are. */
async function rowsOf(sql: Sql, keys: readonly number[]): Promise<StoredRow[]> {
  const { text, params } = fragment`SELECT ${pageColumns('c')} FROM fhir_resource c WHERE ${isIn(name('c.id'), keys)}`;
  const rows = new Map((await sql.rows(text, params)).map(storedRow).map((row) => [row.id, row]));
  return keys.flatMap((key) => rows.get(key) ?? []);
}

const CUT: OutcomeIssue = { severity: 'warning', code: 'too-costly', diagnostics: `More than ${MOST} Observations are the latest of their code; the rest was left out. Narrow the question by category, code or max.` };
