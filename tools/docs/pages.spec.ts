import { z } from 'zod';
import { environmentPage } from './environment';
import { type Capability, fhirResourcesPage } from './fhir-resources';

describe(environmentPage, () => {
  it('has a row for each setting, with text that would break the table escaped', () => {
    const page = environmentPage({
      MODE: { schema: z.string().default('a'), about: 'a | b' },
      KEY: { schema: z.string().optional(), about: 'No default.' },
    });
    expect(page).toContain('| `MODE` | `a` | a \\| b |\n| `KEY` |  | No default. |\n');
  });
});

describe(fhirResourcesPage, () => {
  const sources = [
    { key: 'vital', version: 2, types: ['Observation'], profiles: { Observation: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-bmi', 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-bmi'] } },
    { key: 'history', version: 1, types: ['Observation'] },
  ];

  const everything = { name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything', documentation: 'All of it.' };
  const meta = { name: 'meta', definition: 'https://salus.test/OperationDefinition/meta', documentation: 'Labels | all.' };
  const id = { name: '_id', type: 'token' };
  const capability: Capability = {
    format: ['json', 'xml'],
    patchFormat: ['application/json-patch+json'],
    rest: [{
      interaction: [{ code: 'batch' }, { code: 'history-system' }],
      resource: [
        { type: 'Basic', interaction: [{ code: 'read' }, { code: 'patch' }], searchParam: [id], operation: [meta] },
        { type: 'Observation', interaction: [{ code: 'read' }], searchParam: [id, { name: 'code', type: 'token' }], operation: [everything, meta] },
      ],
    }],
  };
  const page = fhirResourcesPage(sources, capability);

  it('lists each type with every declaration that contributes to it, and the rest as the store’s', () => {
    expect(page).toContain('| Observation | `vital` | 2 | [us-core-bmi](http://hl7.org/fhir/us/core/StructureDefinition/us-core-bmi) |\n| Observation | `history` | 1 |  |\n');
    expect(page).toContain('Kept by the store alone: Basic.');
  });

  it('says what can be done, by what is searched, and which operations there are', () => {
    expect(page).toContain('- Each of the 2 R4 types: read, patch;');
    expect(page).toContain('- The whole system: batch, history-system.\n- Formats: `json`, `xml`. Patches: `application/json-patch+json`.');
    expect(page).toContain('| `$everything` | Observation | [Patient-everything](http://hl7.org/fhir/OperationDefinition/Patient-everything) |\n| `$meta` | every type | Labels \\| all. |\n');
    expect(page).toContain('Every type: `_id`. Besides:');
    expect(page).toContain('| Basic |  |\n| Observation | `code` (token) |\n');
  });
});
