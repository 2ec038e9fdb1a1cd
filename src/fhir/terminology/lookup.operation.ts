import type { Coding } from '#libs/fhir';
import { lookUp, type LookedUpProperty } from '#libs/terminology';
import { invalid } from '../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, type OperationInput, OperationProvider } from '../operations';
import { answered } from './answered';
import { Definitions } from './definitions';
import { type AnswerParameter, given, parametersAnswer, refuseGiven, taken } from './parameters';

const DECLARATION: OperationDeclaration = {
  name: 'lookup',
  title: 'Concept Look Up',
  description: 'What a code system says of a code: its names, properties, parents and children.',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup',
  levels: ['type'],
  types: ['CodeSystem'],
  affectsState: false,
  parameters: [
    taken('code', 'code', 'The code; with system.'),
    taken('system', 'uri', 'Its code system.'),
    taken('version', 'string', 'Version of the code system.'),
    taken('coding', 'Coding', 'Code and system in one.'),
    taken('date', 'dateTime', 'Not followed: answers are of now.'),
    taken('displayLanguage', 'code', 'Language of the display, where the code system has it.'),
    taken('property', 'code', 'Properties wanted; all of them where none is named.', '*'),
    given('name', 'string', 'Name of the code system.', 1),
    given('version', 'string', 'Its version.'),
    given('display', 'string', 'Display of the code.', 1),
    { name: 'designation', use: 'out', min: 0, max: '*', documentation: 'Its other names.', parts: [given('language', 'code', 'Language.'), given('use', 'Coding', 'What it is for.'), given('value', 'string', 'The name.', 1)] },
    {
      name: 'property', use: 'out', min: 0, max: '*', documentation: 'What else is known of it.',
      parts: [given('code', 'code', 'Which property.', 1), given('value', 'Element', 'Its value.'), given('description', 'string', 'What it means.')],
    },
  ],
};

/** `CodeSystem/$lookup`. */
@OperationProvider()
export class LookupOperation implements Operation {
  readonly declaration = DECLARATION;

  constructor(
    private readonly definitions: Definitions,
  ) {}

  async run({ access, input }: OperationCall): Promise<OperationAnswer> {
    this.definitions.require(access, 'CodeSystem');
    refuseGiven(input, ['date']);
    const { system, code, version } = codingOf(input);
    const found = await this.definitions.system(access, system, version);
    const language = input.text('displayLanguage');
    const { name, display, designations, properties, version: known } = await answered(() => lookUp(found, code, { properties: input.texts('property'), ...(language !== undefined && { language }) }));
    return {
      body: parametersAnswer([
        { name: 'name', valueString: name },
        { name: 'version', valueString: known },
        { name: 'display', valueString: display },
        ...designations.map((one) => ({ name: 'designation', part: [{ name: 'language', valueCode: one.language }, { name: 'use', valueCoding: one.use }, { name: 'value', valueString: one.value }] })),
        ...properties.map(propertyParameter),
      ]),
    };
  }
}

function codingOf(input: OperationInput): { system: string; code: string; version?: string } {
  const coding: Coding = (input.one('coding') as Coding | undefined) ?? { system: input.text('system'), code: input.text('code'), version: input.text('version') };
  const { system, code, version } = coding;
  if (system === undefined || code === undefined || (input.has('coding') && input.has('code'))) {
    throw invalid('Give code and system, or coding.', [{ path: 'code', rule: 'required', message: 'Give either code and system, or a coding with both.' }]);
  }
  return { system, code, ...(version !== undefined && { version }) };
}

function propertyParameter({ code, description, ...value }: LookedUpProperty): AnswerParameter {
  const [type, content] = Object.entries(value).find(([name]) => name.startsWith('value')) ?? [];
  return { name: 'property', part: [{ name: 'code', valueCode: code }, ...(type ? [{ name: 'value', [type]: content }] : []), { name: 'description', valueString: description }] };
}
