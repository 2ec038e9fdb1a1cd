import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FhirResource, parseJson, readXml, readXmlInTurns, resourceTypes, writeXml } from '#libs/fhir';
import { readTar } from '../harness/tar';
import { itWhere } from '../harness/where';
import { fullest, smallest } from './sample-resource';

describe('JSON → XML → JSON', () => {
  it.each([...resourceTypes])('%s comes back as it was', (type) => {
    for (const resource of [smallest(type), fullest(type)]) expect(readXml(writeXml(resource))).toEqual(resource);
  });

  it.each([1, 7, 100])('comes back as it was in pieces of %s characters', async (piece) => {
    for (const resource of ['Patient', 'Observation', 'Bundle', 'Questionnaire'].map(fullest)) {
      const told = { ...resource, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">\u{1f600} &lt; é</p></div>' } };
      const one = resource.resourceType === 'Bundle' ? resource : told;
      expect(await readXmlInTurns(writeXml(one, { pretty: true }), piece)).toEqual(readXml(writeXml(one)));
    }
    await expect(readXmlInTurns('<Patient xmlns="http://hl7.org/fhir"><active value="true"/>', piece)).rejects.toThrow('not well-formed');
    await expect(readXmlInTurns('<!DOCTYPE a><Patient xmlns="http://hl7.org/fhir"/>', piece)).rejects.toThrow('document type');
  });

  it('leaves the thread to others meanwhile', async () => {
    const long = `<Patient xmlns="http://hl7.org/fhir">${'<name><family value="x"/></name>'.repeat(60_000)}</Patient>`;
    let [turns, isRead] = [0, false];
    const reading = readXmlInTurns(long).then(() => {
      isRead = true;
    });
    while (!isRead) {
      await new Promise((next) => setImmediate(next));
      turns += 1;
    }
    await reading;
    expect(turns).toBeGreaterThan(20);
  });

  const PACKAGE = join(__dirname, '../../../shared/fhir/hl7.fhir.us.core-8.0.0.tgz');
  const withPackage = itWhere(existsSync(PACKAGE), 'the US Core 8.0.0 package is not beside the project');
  withPackage('every example of US Core 8.0.0 comes back as it was, to the digit', () => {
    const examples = readTar(gunzipSync(readFileSync(PACKAGE))).filter(({ name }) => /^package\/example\/.+\.json$/.test(name) && !name.endsWith('.index.json'));
    expect(examples.length).toBeGreaterThan(200);
    for (const { name, content } of examples) {
      const resource = parseJson(content.toString()) as FhirResource;
      for (const pretty of [false, true]) expect([name, readXml(writeXml(resource, { pretty }))]).toEqual([name, resource]);
    }
  });
});
