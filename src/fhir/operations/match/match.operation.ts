import { type FhirResource, parseJson, validateResource } from '#libs/fhir';
import { type Access, invalid, type Problem } from '../../../kernel';
import { requireRule } from '../../search/access/access-condition';
import type { StoredRow } from '../../search/include/stored-row';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';
import { Candidates } from './candidates';
import { type Demographics, demographicsOf } from './demographics';
import { type Match, matchBundle } from './match-bundle';
import { scoreOf } from './score';

const DEFAULT_COUNT = 10;
const MOST = 50;

/** Patient/$match (R4 patient-operation-match). */
@OperationProvider()
export class PatientMatch implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'match',
    title: 'Find a patient',
    description: 'Patients who may be the one described, the likeliest first, with a score from 0 to 1 and a grade.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
    levels: ['type'],
    types: ['Patient'],
    affectsState: false,
    parameters: [
      { name: 'resource', use: 'in', min: 1, max: '1', type: 'Patient', documentation: 'A Patient with what is known: identifiers, names, birth date, gender, telecom, address.' },
      { name: 'onlyCertainMatches', use: 'in', min: 0, max: '1', type: 'boolean', documentation: 'Only the one who certainly is the patient; nobody, where several may be.' },
      { name: 'count', use: 'in', min: 0, max: '1', type: 'integer', documentation: `At most so many, ${DEFAULT_COUNT} unless said otherwise, never more than ${MOST}.` },
      { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A Bundle of type searchset.' },
    ],
  };

  constructor(
    private readonly candidates: Candidates,
  ) {}

  async run({ access, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    requireRule(access, 'Patient', ['s']);
    const count = input.number('count') ?? DEFAULT_COUNT;
    if (count < 1) throw invalid('count must be at least 1.', [{ path: 'count', rule: 'value', message: 'At least 1.' }]);
    const sought = demographicsOf(described(input.resource('resource')!));
    const matches = await this.matches(access, sought);
    if (!input.flag('onlyCertainMatches')) return { body: matchBundle(baseUrl, matches.slice(0, Math.min(count, MOST))) };
    const certain = matches.filter(({ grade }) => grade === 'certain');
    return { body: certain.length > 1 ? matchBundle(baseUrl, [], 'More than one patient certainly matches: ask without onlyCertainMatches, and let a person decide.') : matchBundle(baseUrl, certain) };
  }

  private async matches(access: Access, sought: Demographics): Promise<Match[]> {
    const found = await this.candidates.find(access, sought);
    return found.flatMap((row) => matchOf(sought, row)).sort((a, b) => b.score - a.score || (a.row.fhirId < b.row.fhirId ? -1 : 1));
  }
}

function matchOf(sought: Demographics, row: StoredRow): Match[] {
  const scored = scoreOf(sought, demographicsOf(parseJson(row.body.toString()) as FhirResource));
  return scored ? [{ row, ...scored }] : [];
}

/** Throws `invalid` for what is no Patient, or tells too little to look for anybody. */
function described(patient: FhirResource): FhirResource {
  const problems = validateResource(patient).map(({ expression, code, diagnostics }): Problem => ({ path: expression, rule: code, message: diagnostics }));
  if (problems.length > 0) throw invalid('The resource is not a valid Patient.', problems);
  const { identifiers, families, givens, birthDate, telecoms } = demographicsOf(patient);
  if (identifiers.length + families.length + givens.length + telecoms.length === 0 && !birthDate) {
    throw invalid('Too little to look for a patient: give an identifier, a name, a birth date, a telephone number or an e-mail address.', [{ path: 'Patient', rule: 'required', message: 'Give an identifier, a name, a birth date or telecom.' }]);
  }
  return patient;
}
