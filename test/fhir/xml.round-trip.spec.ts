import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FhirResource, parseJson, readXml, resourceTypes, writeXml } from '#libs/fhir';
import { readTar } from '../harness/tar';
import { fullest, smallest } from './sample-resource';

describe('JSON → XML → JSON', () => {
  it.each([...resourceTypes])('%s comes back as it was', (type) => {
    for (const resource of [smallest(type), fullest(type)]) expect(readXml(writeXml(resource))).toEqual(resource);
  });

  const PACKAGE = join(__dirname, '../../../shared/fhir/hl7.fhir.us.core-8.0.0.tgz');
  const withPackage = existsSync(PACKAGE) ? it : skipped('the US Core 8.0.0 package is not beside the project');
  withPackage('every example of US Core 8.0.0 comes back as it was, to the digit', () => {
    const examples = readTar(gunzipSync(readFileSync(PACKAGE))).filter(({ name }) => /^package\/example\/.+\.json$/.test(name) && !name.endsWith('.index.json'));
    expect(examples.length).toBeGreaterThan(200);
    for (const { name, content } of examples) {
      const resource = parseJson(content.toString()) as FhirResource;
      for (const pretty of [false, true]) expect([name, readXml(writeXml(resource, { pretty }))]).toEqual([name, resource]);
    }
  });
});

function skipped(reason: string): typeof it.skip {
  process.stderr.write(`SKIPPED: ${reason}.\n`);
  return it.skip;
}
