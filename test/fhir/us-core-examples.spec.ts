import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FhirResource, parseJson, validateResource } from '#libs/fhir';
import { readTar } from '../harness/tar';
import { describeWhere } from '../harness/where';

// The published packages lie beside the repository, not in it; where they are absent these suites say so and are passed over.
const SHARED = join(__dirname, '../../../shared/fhir');
const archive = (version: string): string => join(SHARED, `hl7.fhir.us.core-${version}.tgz`);
const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

/** Examples that are wrong by base R4, with the reason. */
const WRONG_EXAMPLES: Readonly<Record<string, string>> = {
  // 11 characters, among them two full stops: no base64.
  '3.1.1 DiagnosticReport-cardiology-report.json': 'value DiagnosticReport.presentedForm[0].hash',
};

function examplesOf(version: string): Map<string, FhirResource> {
  const files = readTar(gunzipSync(readFileSync(archive(version)))).filter(({ name }) => /^package\/example\/[^.][^/]*\.json$/.test(name));
  return new Map(files.map(({ name, content }) => [name.replace('package/example/', ''), parseJson(content.toString()) as FhirResource]));
}

/** The resource with its US Core claims made for one version. */
function claiming(resource: FhirResource, version: string): FhirResource {
  const profile = resource.meta?.profile?.map((url) => (url.startsWith(US_CORE) ? `${url.split('|')[0]}|${version}` : url));
  return profile ? { ...resource, meta: { ...resource.meta, profile } } : resource;
}

const outcome = (resource: unknown): string[] => validateResource(resource).map((issue) => `${issue.code} ${issue.expression}`);

const PACKAGES = ['8.0.0', '7.0.0', '6.1.0', '3.1.1'];

describeWhere(PACKAGES.every((version) => existsSync(archive(version))), 'the US Core packages are not beside the project')('the examples of US Core', () => {
  it.each([
    ['8.0.0', 209],
    ['7.0.0', 198],
    ['6.1.0', 160],
    ['3.1.1', 68],
  ])('%s keep the profiles that they claim in that version', (version, least) => {
    let claims = 0;
    for (const [name, resource] of examplesOf(version)) {
      const claim = claiming(resource, version);
      if (claim.meta?.profile?.some((url) => url.endsWith(`|${version}`))) claims++;
      const wrong = WRONG_EXAMPLES[`${version} ${name}`];
      expect([version, name, outcome(claim)]).toEqual([version, name, wrong ? [wrong] : []]);
    }
    expect(claims).toBeGreaterThanOrEqual(least);
  });

  it('keep them also where no version is named', () => {
    for (const version of PACKAGES) {
      for (const [name, resource] of examplesOf(version)) {
        const profile = resource.meta?.profile?.map((url) => url.split('|')[0]);
        const claim = profile ? { ...resource, meta: { ...resource.meta, profile } } : resource;
        if (!WRONG_EXAMPLES[`${version} ${name}`]) expect([version, name, outcome(claim)]).toEqual([version, name, []]);
      }
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a resource taken apart by hand.
type Tree = Record<string, any>;

/** One rule broken in one example each, and what must be found then. The kinds that public validators were measured by. */
const BROKEN: readonly [kind: string, example: string, edit: (r: Tree) => void, expected: string][] = [
  ['there is an element that R4 does not have', 'Patient-example', (r) => (r.nickname = 'x'), 'structure Patient.nickname'],
  ['a boolean is written as a text', 'Patient-example', (r) => (r.active = 'true'), 'structure Patient.active'],
  ['a date does not exist', 'Patient-example', (r) => (r.birthDate = '1987-02-30'), 'value Patient.birthDate'],
  ['a list is a single object', 'Patient-example', (r) => (r.identifier = r.identifier[0]), 'structure Patient.identifier'],
  ['a single element is a list', 'Goal-goal-1', (r) => (r.subject = [r.subject]), 'structure Goal.subject'],
  ['an element that R4 requires is missing', 'Observation-serum-potassium', (r) => delete r.status, 'required Observation.status'],
  ['an element that the profile requires is missing', 'Patient-example', (r) => delete r.identifier, 'required Patient.identifier'],
  ['an element within an element that the profile requires is missing', 'Patient-example', (r) => delete r.identifier[0].system, 'required Patient.identifier[0].system'],
  ['a choice that the profile requires is missing', 'Observation-blood-pressure', (r) => delete r.effectiveDateTime, 'required Observation.effective[x]'],
  ['there are more than the profile allows', 'Observation-some-day-smoker', (r) => (r.category = [...r.category, ...r.category]), 'structure Observation.category'],
  ['a code of a required binding of R4 is unknown', 'Patient-example', (r) => (r.gender = 'woman'), 'code-invalid Patient.gender'],
  ['a concept of a required binding of R4 is unknown', 'Condition-condition-duodenal-ulcer', (r) => (r.clinicalStatus.coding[0].code = 'ill'), 'code-invalid Condition.clinicalStatus'],
  ['a code of a required binding of the profile is one of R4 alone', 'Observation-some-day-smoker', (r) => (r.status = 'registered'), 'code-invalid Observation.status'],
  ['a narrative status of the profile is one of R4 alone', 'CarePlan-colonoscopy', (r) => (r.text.status = 'extensions'), 'code-invalid CarePlan.text.status'],
  ['a type of document is of another code system', 'DocumentReference-discharge-summary', (r) => (r.type.coding = [{ system: 'http://snomed.info/sct', code: '1' }]), 'code-invalid DocumentReference.type'],
  ['a pattern of the profile is not met', 'Observation-blood-pressure', (r) => (r.code.coding[0].code = '55284-4'), 'value Observation.code'],
  ['a fixed value below a slice is another', 'Observation-blood-pressure', (r) => (r.component[0].valueQuantity.code = 'kPa'), 'value Observation.component[0].valueQuantity.code'],
  ['a required slice is missing', 'Observation-blood-pressure', (r) => (r.component[1].code.coding = [{ system: 'http://loinc.org', code: '8478-0' }]), 'required Observation.component'],
  ['a slice told by two discriminators is missing', 'Observation-blood-pressure', (r) => (r.category[0].coding[0].code = 'exam'), 'required Observation.category'],
  ['a slice told by a required binding is missing', 'Condition-condition-duodenal-ulcer', (r) => (r.category[0].coding = [{ system: 'http://example.org', code: 'x' }]), 'required Condition.category'],
  ['a slice told by a pattern is missing', 'Condition-encounter-diagnosis-example1', (r) => (r.category[0].coding[0].code = 'problem-list-item'), 'required Condition.category'],
  ['a choice has a type that the profile does not allow', 'Observation-some-day-smoker', (r) => Object.assign(r, { effectivePeriod: undefined, effectiveInstant: '2016-03-18T05:27:04Z' }), 'structure Observation.effectiveInstant'],
  ['a choice is given twice', 'Patient-example', (r) => Object.assign(r, { deceasedBoolean: false, deceasedDateTime: '2020' }), 'structure Patient.deceasedDateTime'],
  ['an invariant of R4 is broken', 'Condition-condition-duodenal-ulcer', (r) => Object.assign(r, { abatementDateTime: '2016-09-01' }), 'invariant Condition'],
  ['an invariant of the profile is broken', 'Patient-example', (r) => r.name.push({ text: 'Amy' }), 'invariant Patient.name[2]'],
  ['an invariant of vital signs is broken', 'Observation-blood-pressure', (r) => delete r.component[0].valueQuantity, 'invariant Observation.component[0]'],
  ['an invariant on an identifier is broken: the check digit of an NPI', 'Practitioner-practitioner-1', (r) => (r.identifier[0].value = '9941339101'), 'invariant Practitioner.identifier[0]'],
  ['an extension lacks what its definition requires', 'Patient-example', (r) => r.extension[0].extension.pop(), 'required Patient.extension[0].extension'],
  ['an extension has a value of another type', 'Patient-example', (r) => Object.assign(r.extension[3], { valueCoding: undefined, valueCode: 'F' }), 'structure Patient.extension[3].valueCode'],
  ['an extension has a code outside of its value set', 'Patient-example', (r) => (r.extension[0].extension[0].valueCoding.code = '9999-9'), 'code-invalid Patient.extension[0].extension[0].valueCoding'],
  ['a reference leads to a type that the profile does not allow', 'Observation-blood-pressure', (r) => (r.subject.reference = 'Group/1'), 'value Observation.subject'],
  ['a reference leads to a type that R4 does not allow', 'Goal-goal-1', (r) => (r.expressedBy.reference = 'Organization/1'), 'value Goal.expressedBy'],
  ['an extension is given more often than the profile allows', 'Patient-example', (r) => r.extension.push(r.extension[0]), 'structure Patient.extension'],
  ['the profile is one of another type', 'Patient-example', (r) => (r.meta.profile = [`${US_CORE}us-core-goal|8.0.0`]), 'invalid Patient.meta.profile'],
];

describeWhere(existsSync(archive('8.0.0')), 'the US Core 8.0.0 package is not beside the project')('a copy of an example of US Core 8.0.0 is refused where', () => {
  const examples = existsSync(archive('8.0.0')) ? examplesOf('8.0.0') : new Map<string, FhirResource>();

  it.each([...BROKEN])('%s', (_, example, edit, expected) => {
    const resource = structuredClone(examples.get(`${example}.json`)) as Tree;
    expect(outcome(resource)).toEqual([]);
    edit(resource);
    expect(outcome(resource)).toContain(expected);
  });
});

describe('a claim without version', () => {
  const patient = (extension: object[]) => ({ resourceType: 'Patient', meta: { profile: [`${US_CORE}us-core-patient`] }, identifier: [{ system: 'urn:x', value: '1' }], name: [{ family: 'A' }], gender: 'female', extension });
  const [code, coding] = [{ url: `${US_CORE}us-core-sex`, valueCode: '248152002' }, { url: `${US_CORE}us-core-sex`, valueCoding: { system: 'http://snomed.info/sct', code: '248152002' } }];
  const versioned = (version: string, extension: object) => ({ ...patient([extension]), meta: { profile: [`${US_CORE}us-core-patient|${version}`] } });

  it('may be kept in any version: us-core-sex as in 8.0.0 or as in 6.1.0', () => {
    expect(outcome(patient([coding]))).toEqual([]);
    expect(outcome(patient([code]))).toEqual([]);
    expect(outcome(versioned('8.0.0', coding))).toEqual([]);
    expect(outcome(versioned('6.1.0', code))).toEqual([]);
  });

  it('must be kept in the version that is named', () => {
    expect(outcome(versioned('8.0.0', code))).toEqual(['structure Patient.extension[0].valueCode']);
    expect(outcome(versioned('7.0.0', coding))).toEqual(['structure Patient.extension[0].valueCoding']);
  });

  it('is told what the newest version wants where none is kept', () => {
    const [issue] = validateResource({ ...patient([coding]), identifier: undefined });
    expect(issue).toMatchObject({ code: 'required', expression: 'Patient.identifier', profile: `${US_CORE}us-core-patient|8.0.0` });
  });
});
