import { z } from 'zod';
import { environmentPage } from './environment';
import { fhirResourcesPage } from './fhir-resources';

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

  it('lists each type with every declaration that contributes to it, and the rest as the store’s', () => {
    const page = fhirResourcesPage(sources, ['Basic', 'Observation']);
    expect(page).toContain('| Observation | `vital` | 2 | [us-core-bmi](http://hl7.org/fhir/us/core/StructureDefinition/us-core-bmi) |\n| Observation | `history` | 1 |  |\n');
    expect(page).toContain('Kept by the store alone: Basic.');
  });
});
