import type { ValueSet, ValueSetInclude } from '../official-definitions';

const RACE_AND_ETHNICITY = 'urn:oid:2.16.840.1.113883.6.238';
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
const GENDER = 'http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender';
const SNOMED = 'http://snomed.info/sct';

const some = (system: string, ...codes: string[]): ValueSetInclude => ({ system, concept: codes.map((code) => ({ code })) });
const all = (system: string): ValueSetInclude => ({ system });
const define = (oid: string, ...include: ValueSetInclude[]): ValueSet => ({ resourceType: 'ValueSet', url: `http://cts.nlm.nih.gov/fhir/ValueSet/${oid}`, compose: { include } });

const RACES = some(RACE_AND_ETHNICITY, '1002-5', '2028-9', '2054-5', '2076-8', '2106-3');
const ETHNICITIES = some(RACE_AND_ETHNICITY, '2135-2', '2186-5');

/**
 * Value sets of VSAC that US Core binds to and does not carry: those of sex at birth and of the categories of race and ethnicity
 * as US Core 3.1.1 lists them, of the others the code systems alone.
 */
export const STAND_INS: readonly ValueSet[] = [
  define('2.16.840.1.114222.4.11.836', RACES),
  define('2.16.840.1.114222.4.11.837', ETHNICITIES),
  define('2.16.840.1.113762.1.4.1', some(GENDER, 'F', 'M')),
  define('2.16.840.1.113762.1.4.1021.102', some(NULL_FLAVOR, 'ASKU', 'UNK')),
  define('2.16.840.1.113762.1.4.1021.103', some(NULL_FLAVOR, 'UNK')),
  define('2.16.840.1.113883.4.642.2.575', RACES, some(NULL_FLAVOR, 'ASKU', 'UNK')),
  define('2.16.840.1.113883.4.642.40.2.48.3', ETHNICITIES, some(NULL_FLAVOR, 'ASKU', 'UNK')),
  define('2.16.840.1.113883.1.11.14914', all(RACE_AND_ETHNICITY)),
  define('2.16.840.1.114222.4.11.877', all(RACE_AND_ETHNICITY)),
  define('2.16.840.1.113762.1.4.1267.25', all(RACE_AND_ETHNICITY), all(NULL_FLAVOR)),
  define('2.16.840.1.113883.4.642.40.2.48.1', all(RACE_AND_ETHNICITY), all(NULL_FLAVOR)),
  define('2.16.840.1.113762.1.4.1267.16', all(SNOMED), all(NULL_FLAVOR)),
];
