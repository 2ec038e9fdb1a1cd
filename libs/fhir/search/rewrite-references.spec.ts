import type { FhirResource } from '../resource';
import { referencesIn, rewriteReferences } from './rewrite-references';

const URN = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';
const toPatient = (reference: string): string | undefined => (reference === URN ? 'Patient/1' : undefined);

function rewritten(resource: object): object {
  const copy = structuredClone(resource) as FhirResource;
  rewriteReferences(copy, toPatient);
  return copy;
}

describe(rewriteReferences, () => {
  it.each<[string, (reference: string) => object]>([
    ['a reference', (reference) => ({ resourceType: 'Observation', subject: { reference } })],
    ['a reference in an array', (reference) => ({ resourceType: 'Provenance', target: [{ reference: 'Patient/2' }, { reference }] })],
    ['a reference in an extension', (reference) => ({ resourceType: 'Patient', extension: [{ url: 'http://x', valueReference: { reference } }] })],
    ['a reference in the extension of a primitive', (reference) => ({ resourceType: 'Patient', _birthDate: { extension: [{ url: 'http://x', valueReference: { reference } }] } })],
    ['a reference of a contained resource', (reference) => ({ resourceType: 'Claim', contained: [{ resourceType: 'Coverage', beneficiary: { reference } }] })],
    ['a reference of a resource in a bundle', (reference) => ({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Observation', subject: { reference } } }] })],
    ['a uri', (reference) => ({ resourceType: 'Patient', extension: [{ url: 'http://x', valueUri: reference }] })],
    ['a url', (reference) => ({ resourceType: 'DocumentReference', content: [{ attachment: { url: reference } }] })],
    ['the links of a narrative', (reference) => ({ resourceType: 'Patient', text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${reference}">one</a> <img alt='' src='${reference}'/></div>` } })],
    ['canonicals', (reference) => ({ resourceType: 'CarePlan', instantiatesCanonical: [reference, 'http://x'] })],
    ['an element named like a reference', (reference) => ({ resourceType: 'ImplementationGuide', definition: { resource: [{ reference: { reference } }] } })],
  ])('rewrites %s', (_, resource) => {
    expect(rewritten(resource(URN))).toEqual(resource('Patient/1'));
  });

  it.each<[string, object]>([
    ['the value of an identifier', { resourceType: 'Patient', identifier: [{ system: 'urn:ietf:rfc:3986', value: URN }] }],
    ['the identifier of a reference', { resourceType: 'Observation', subject: { identifier: { value: URN } } }],
    ['what a narrative says', { resourceType: 'Patient', text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${URN} <a href="#a">a</a></div>` } }],
    ['a string', { resourceType: 'Patient', name: [{ text: URN }] }],
    ['what the rule does not name', { resourceType: 'Observation', subject: { reference: 'Patient/2' } }],
    ['odd shapes', { resourceType: 'Observation', subject: 1, performer: { reference: 1 }, component: [null, [URN]], valueQuantity: { value: {} } }],
    ['an unknown type', { resourceType: 'constructor', subject: { reference: URN } }],
  ])('leaves %s', (_, resource) => {
    expect(rewritten(resource)).toEqual(resource);
  });
});

describe(referencesIn, () => {
  it('lists references in document order, and no URIs', () => {
    const resource = { resourceType: 'Observation', meta: { profile: ['http://p'] }, subject: { reference: 'Patient/1' }, extension: [{ url: 'http://x', valueUri: URN }], encounter: { reference: 'Encounter?identifier=1' } };
    expect(referencesIn(resource)).toEqual(['Patient/1', 'Encounter?identifier=1']);
  });
});
