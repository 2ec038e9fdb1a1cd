import type { Coding } from '#libs/fhir';
import { type CodeSystemResource, type Concept, conceptSystem, type ConceptSystem, subsumption } from '#libs/terminology';
import { invalid, notFound } from '../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, type OperationInput, OperationProvider } from '../operations';
import { Definitions } from './definitions';
import { given, parametersAnswer, taken } from './parameters';

const DECLARATION: OperationDeclaration = {
  name: 'subsumes',
  title: 'Subsumption Testing',
  description: 'How two codes of one code system lie to each other: equivalent, subsumes, subsumed-by or not-subsumed.',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes',
  levels: ['type', 'instance'],
  types: ['CodeSystem'],
  affectsState: false,
  parameters: [
    taken('codeA', 'code', 'The code that is asked about.'),
    taken('codeB', 'code', 'The code it is held against.'),
    taken('system', 'uri', 'Their code system, unless an id says which.'),
    taken('version', 'string', 'Version of the code system.'),
    taken('codingA', 'Coding', 'Code and system in one.'),
    taken('codingB', 'Coding', 'Code and system in one.'),
    given('outcome', 'code', 'equivalent, subsumes, subsumed-by or not-subsumed.', 1),
  ],
};

/** `CodeSystem/$subsumes`. */
@OperationProvider()
export class SubsumesOperation implements Operation {
  readonly declaration = DECLARATION;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    this.definitions.require(call.access, 'CodeSystem');
    const { input } = call;
    const [a, b] = [codingOf(input, 'A'), codingOf(input, 'B')];
    const systems = new Set([input.text('system'), a.system, b.system].filter((system) => system !== undefined));
    if (systems.size > 1) throw invalid('Both codes must be of one code system.', [{ path: 'codingB', rule: 'value', message: 'Codes of different code systems cannot be held against each other; $translate maps them.' }]);
    const system = await this.system(call, [...systems][0], input.text('version') ?? a.version);
    const outcome = subsumption(conceptIn(system, a.code!), conceptIn(system, b.code!));
    return { body: parametersAnswer([{ name: 'outcome', valueCode: outcome }]) };
  }

  private async system({ access, id }: OperationCall, url: string | undefined, version: string | undefined): Promise<ConceptSystem> {
    if (id !== undefined) return conceptSystem(await this.definitions.read<CodeSystemResource>(access, 'CodeSystem', id));
    if (url === undefined) throw invalid('Name the code system.', [{ path: 'system', rule: 'required', message: 'Name the code system: by system, or in the codings.' }]);
    return this.definitions.system(access, url, version);
  }
}

function codingOf(input: OperationInput, letter: 'A' | 'B'): Coding {
  const coding = (input.one(`coding${letter}`) as Coding | undefined) ?? { code: input.text(`code${letter}`) };
  if (coding.code === undefined) throw invalid('Give two codes.', [{ path: `code${letter}`, rule: 'required', message: `Give code${letter} or coding${letter}.` }]);
  return coding;
}

function conceptIn(system: ConceptSystem, code: string): Concept {
  const concept = system.concept(code);
  if (!concept) throw notFound(`The code “${code.slice(0, 64)}” of ${system.url}`);
  return concept;
}
