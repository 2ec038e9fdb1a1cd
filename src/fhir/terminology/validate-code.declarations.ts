import type { OperationDeclaration, OperationParameter } from '../operations';
import { given, taken } from './parameters';

const ANSWER: OperationParameter[] = [
  given('result', 'boolean', 'Is it valid?', 1),
  given('message', 'string', 'Why not; or what is wrong all the same.'),
  given('display', 'string', 'What the code is called.'),
];

const CODE: OperationParameter[] = [
  taken('display', 'string', 'A name of the code, which is then judged too.'),
  taken('coding', 'Coding', 'Code, system and display in one.'),
  taken('codeableConcept', 'CodeableConcept', 'Several of them; one has to be valid.'),
  taken('date', 'dateTime', 'Not followed: answers are of now.'),
  taken('abstract', 'boolean', 'true: codes that only group others are valid too. Where it is left out they are.'),
  taken('displayLanguage', 'code', 'Names in every language are right.'),
];

export const VALIDATE_IN_SYSTEM: OperationDeclaration = {
  name: 'validate-code',
  title: 'Code System based Validation',
  description: 'Whether a code is in a code system, under the name it is given.',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code',
  levels: ['type', 'instance'],
  types: ['CodeSystem'],
  affectsState: false,
  parameters: [
    taken('url', 'uri', 'The code system, where neither an id nor codeSystem says which; by default that of the coding.'),
    taken('codeSystem', 'CodeSystem', 'The code system itself.'),
    taken('code', 'code', 'The code.'),
    taken('version', 'string', 'Version of the code system.'),
    ...CODE,
    ...ANSWER,
  ],
};

export const VALIDATE_IN_VALUE_SET: OperationDeclaration = {
  name: 'validate-code',
  title: 'Value Set based Validation',
  description: 'Whether a code is in a value set, under the name it is given. Of a code system that is not at hand only the codes that the value set lists are known.',
  definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code',
  levels: ['type', 'instance'],
  types: ['ValueSet'],
  affectsState: false,
  parameters: [
    taken('url', 'uri', 'The value set, where neither an id nor valueSet says which.'),
    taken('context', 'uri', 'Not followed: an element whose binding names the value set.'),
    taken('valueSet', 'ValueSet', 'The value set itself.'),
    taken('valueSetVersion', 'string', 'Version of the value set that url names.'),
    taken('code', 'code', 'The code; with system, unless only one code system of the value set has it.'),
    taken('system', 'uri', 'Its code system.'),
    taken('systemVersion', 'string', 'Version of the code system.'),
    ...CODE,
    ...ANSWER,
  ],
};
