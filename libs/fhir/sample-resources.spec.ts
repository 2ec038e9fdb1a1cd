import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extractIndexEntries, type FhirResource, parseJson, patientsOf, referencesIn, rewriteReferences, stringifyJson, validateResource } from '#libs/fhir';

// Sample data lies beside the repository, not in it; where it is absent these suites say so and are passed over.
const SHARED = join(__dirname, '../../../shared');
const SYNTHEA = join(SHARED, 'data/synthea');
const PACKAGES = ['3.1.1', '6.1.0', '7.0.0', '8.0.0'].map((version) => join(SHARED, `fhir/hl7.fhir.us.core-${version}.tgz`));

/** Official examples that are wrong by base R4, with the reason. */
const WRONG_EXAMPLES: Readonly<Record<string, string>> = {
  // 11 characters, among them two full stops: no base64.
  'hl7.fhir.us.core-3.1.1.tgz DiagnosticReport-cardiology-report.json': 'value DiagnosticReport.presentedForm[0].hash',
};

function describeWhere(isPresent: boolean, name: string, suite: () => void): void {
  if (isPresent) describe(name, suite);
  else describe.skip(`${name} (no sample data at ${SHARED})`, suite);
}

/** Name and text of each regular file of a gzipped tar archive. */
function* filesOf(archive: string): Generator<[string, string]> {
  const bytes = gunzipSync(readFileSync(archive));
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const field = (start: number, length: number): string => bytes.toString('utf8', at + start, at + start + length).split('\0', 1)[0] ?? '';
    const size = Number.parseInt(field(124, 12), 8);
    if (field(156, 1) === '0' || field(156, 1) === '') yield [field(0, 100), bytes.toString('utf8', at + 512, at + 512 + size)];
    at += 512 * (1 + Math.ceil(size / 512));
  }
}

function* syntheaTexts(): Generator<[string, string]> {
  for (const file of readdirSync(SYNTHEA).filter((name) => name.endsWith('.json.gz'))) {
    yield [file, gunzipSync(readFileSync(join(SYNTHEA, file))).toString()];
  }
}

const entriesOf = (bundle: FhirResource): FhirResource[] => (bundle.entry as { resource: FhirResource }[]).map((entry) => entry.resource);
const problems = (resource: unknown): string[] => validateResource(resource).map((issue) => `${issue.code} ${issue.expression}`);

describeWhere(PACKAGES.every((path) => existsSync(path)), 'every example of US Core 3.1.1, 6.1.0, 7.0.0 and 8.0.0', () => {
  it.each(PACKAGES)('is valid, comes back equal, and can be indexed: %s', (archive) => {
    let examples = 0;
    for (const [path, text] of filesOf(archive)) {
      const [, folder, file = ''] = path.split('/');
      if (folder !== 'example' || !file.endsWith('.json') || file.startsWith('.')) continue;
      examples++;
      const resource = parseJson(text) as FhirResource;
      const name = `${archive.split('/').pop()} ${file}`;
      expect([name, problems(resource)]).toEqual([name, WRONG_EXAMPLES[name] ? [WRONG_EXAMPLES[name]] : []]);
      expect(stringifyJson(parseJson(stringifyJson(resource)))).toBe(stringifyJson(resource));
      expect(JSON.parse(stringifyJson(resource))).toEqual(JSON.parse(text));
      extractIndexEntries(resource);
    }
    expect(examples).toBeGreaterThan(80);
  });
});

describeWhere(existsSync(SYNTHEA), 'every Synthea bundle', () => {
  it.each([...(existsSync(SYNTHEA) ? syntheaTexts() : [])])('%s is valid and comes back byte for byte', (_, text) => {
    const bundle = parseJson(text) as FhirResource;
    expect(stringifyJson(bundle) === text).toBe(true);
    expect(problems(bundle)).toEqual([]);
  });

  it('is found by patient once its references are rewritten, each clinical resource in exactly one compartment', () => {
    const unplaced = new Set<string>();
    for (const [, text] of syntheaTexts()) {
      const bundle = parseJson(text) as FhirResource;
      if (bundle.type !== 'transaction') continue;
      const types = new Map(entriesOf(bundle).map((resource) => [`urn:uuid:${resource.id}`, resource.resourceType]));
      const patient = entriesOf(bundle).find((resource) => resource.resourceType === 'Patient')?.id;
      for (const resource of entriesOf(bundle)) {
        rewriteReferences(resource, (reference) => (types.has(reference) ? `${types.get(reference)}/${reference.slice(9)}` : undefined));
        expect(referencesIn(resource).filter((reference) => reference.startsWith('urn:'))).toEqual([]);
        expect(problems(resource)).toEqual([]);
        const patients = patientsOf(resource);
        if (patients.length === 0) unplaced.add(resource.resourceType);
        else expect(patients).toEqual([patient]);
      }
    }
    expect([...unplaced]).toEqual(['Medication']);
  });

  it('yields for every Observation its patient, code, category, status and date', () => {
    for (const [, text] of syntheaTexts()) {
      for (const resource of entriesOf(parseJson(text) as FhirResource)) {
        if (resource.resourceType !== 'Observation') continue;
        const entries = extractIndexEntries(resource);
        expect([entries.token.length >= 4, entries.date.length >= 1, entries.reference.length >= 1]).toEqual([true, true, true]);
        for (const { lo, hi } of [...entries.date, ...entries.quantity]) expect(lo).toBeLessThan(hi);
      }
    }
  });
});
