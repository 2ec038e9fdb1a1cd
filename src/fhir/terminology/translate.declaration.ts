import type { OperationDeclaration } from '../operations';
import { given, taken } from './parameters';

export const TRANSLATE: OperationDeclaration = {
  name: 'translate',
  title: 'Concept Translation',
  description: 'What concept maps make of a code: those of R4 and uploaded ones.',
  definition: 'http://hl7.org/fhir/OperationDefinition/ConceptMap-translate',
  levels: ['type', 'instance'],
  types: ['ConceptMap'],
  affectsState: false,
  parameters: [
    taken('url', 'uri', 'The concept map; without it all maps for the system of the code are tried.'),
    taken('conceptMap', 'ConceptMap', 'The concept map itself.'),
    taken('conceptMapVersion', 'string', 'Version of the concept map that url names.'),
    taken('code', 'code', 'The code; with system, unless a map is named.'),
    taken('system', 'uri', 'Its code system.'),
    taken('version', 'string', 'Version of the code system.'),
    taken('source', 'uri', 'Value set that the map has to be from.'),
    taken('coding', 'Coding', 'Code and system in one.'),
    taken('codeableConcept', 'CodeableConcept', 'Several of them.'),
    taken('target', 'uri', 'Value set that the map has to lead to.'),
    taken('targetsystem', 'uri', 'Code system that the result has to be of.'),
    {
      name: 'dependency', use: 'in', min: 0, max: '*', documentation: 'A further element that mappings depend on.',
      parts: [taken('element', 'uri', 'Which element.'), taken('concept', 'CodeableConcept', 'Its value.')],
    },
    taken('reverse', 'boolean', 'true: from the target of the maps to their source.'),
    given('result', 'boolean', 'Is there anything to go by?', 1),
    given('message', 'string', 'Why not.'),
    {
      name: 'match', use: 'out', min: 0, max: '*', documentation: 'A translation.',
      parts: [
        given('equivalence', 'code', 'How well it fits.'),
        given('concept', 'Coding', 'The code it leads to.'),
        { name: 'product', use: 'out', min: 0, max: '*', documentation: 'A further element that it yields.', parts: [given('element', 'uri', 'Which element.'), given('concept', 'Coding', 'Its value.')] },
        given('source', 'uri', 'The map it is from.'),
      ],
    },
  ],
};
