import { compartmentTypes } from '#libs/fhir';
import { type Access, clock, invalid, notFound } from '../../../kernel';
import { SHARED_TYPES } from '../../bulk/request/exportable-types';
import { accessPatients, requireRule } from '../../search/access/access-condition';
import { SearchReads } from '../../search/cost/search-reads';
import { newScope } from '../../search/compile/selection';
import { all, type Fragment, sql as fragment, TRUE } from '../../search/sql/fragment';
import { ResourceReader } from '../../store';
import { NO_PATIENT } from '../../store/tables';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';
import { chartOf, chartWalks, reachesSeveral } from './chart';
import { Everything, type WholeRecord } from './everything';
import { COUNT, CURSOR, everythingRequest, type EverythingRequest, RETURN, SINCE, TYPES } from './everything-request';
import { namesInChart, sharedBehind } from './shared';
import { answerTypes, visibleOfTypes } from './visible-types';
import type { Walk } from './walk';

/** Patient/[id]/$everything and Patient/$everything (R4 patient-operation-everything). */
@OperationProvider()
export class PatientEverything implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'everything',
    title: 'Patient record',
    description: 'The record of a patient: the Patient, everything in the compartment, and what that refers to. At type level of every patient the caller may see.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
    levels: ['type', 'instance'],
    types: ['Patient'],
    affectsState: false,
    parameters: [
      { name: 'start', use: 'in', min: 0, max: '1', type: 'date', documentation: 'Only care given on this day or later; what has no date of care is always there.' },
      { name: 'end', use: 'in', min: 0, max: '1', type: 'date', documentation: 'Only care given on this day or earlier.' },
      SINCE, TYPES, COUNT, CURSOR, RETURN,
    ],
  };

  constructor(
    private readonly reads: SearchReads,
    private readonly reader: ResourceReader,
    private readonly everything: Everything,
  ) {}

  async run({ access, id, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    const request = everythingRequest(access, input);
    const patient = id ?? soleChart(access);
    const record = patient === undefined ? await this.population(access, request) : await this.chart(access, patient, request);
    const path = id === undefined ? 'Patient/$everything' : `Patient/${id}/$everything`;
    return { body: await this.everything.page(access, request, record, baseUrl, path) };
  }

  private async chart(access: Access, patient: string, request: EverythingRequest): Promise<WholeRecord> {
    const sql = await this.reads.reads(true);
    const { body } = await this.reader.read(access, 'Patient', patient, sql);
    const chart = await chartOf(sql, access, patient, request);
    if (!chart) throw notFound(`Patient/${patient}`);
    const first = chart.types.includes('Patient') ? [{ id: chart.key, type: 'Patient', fhirId: patient, patient: chart.key, body }] : [];
    const question = { sql, types: new Set(chart.types), scope: chart.scope, ...(request.since !== undefined && { since: request.since }) };
    return { sql, first, walks: chartWalks(chart), shared: async () => sharedBehind(question, await namesInChart(chart)) };
  }

  /** Chart after chart, what is in several, then all of the types that belong to nobody. */
  private async population(access: Access, request: EverythingRequest): Promise<WholeRecord> {
    requireRule(access, 'Patient', ['r', 's']);
    if (request.period) throw invalid('start and end are for one patient: call Patient/[id]/$everything.', [{ path: 'start', rule: 'not-supported', message: 'Not at this level.' }]);
    const sql = await this.reads.reads(false);
    const [patients, now] = [await accessPatients(sql, access), clock.now()];
    const scope = newScope(access, patients, now);
    const types = answerTypes(access, request);
    const since = request.since === undefined ? TRUE : fragment`c.last_updated > ${request.since}`;
    const from: Fragment = { text: `fhir_resource c ${sql.dialect === 'mysql' ? 'FORCE INDEX (fhir_resource_patient)' : 'INDEXED BY fhir_resource_patient'}`, params: [] };
    const walk = (where: Fragment, of: readonly string[]): Walk => ({ from, where: all([where, visibleOfTypes(access, of, scope), since]), order: 'c.patient' });
    const clinical = types.filter((type) => compartmentTypes.has(type));
    const shared = types.filter((type) => SHARED_TYPES.includes(type));
    return { sql, first: [], walks: [walk(fragment`c.patient > ${NO_PATIENT}`, clinical), walk(fragment`c.patient < ${NO_PATIENT}`, clinical), walk(fragment`c.patient = ${NO_PATIENT}`, shared)], shared: async () => ({ rows: [], cut: false }) };
  }
}

/** The chart of a caller who sees no other. */
function soleChart(access: Access): string | undefined {
  const patients = new Set(access.rules.flatMap(({ patient }) => patient ?? []));
  return reachesSeveral(access) || patients.size !== 1 ? undefined : [...patients][0];
}
