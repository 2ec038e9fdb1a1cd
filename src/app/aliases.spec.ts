import { canonicalUrl } from './aliases';

describe(canonicalUrl, () => {
  it.each([
    ['/fhir/r4/patient/1?_pretty=true', '/apis/default/fhir/Patient/1?_pretty=true'],
    ['/fhir/r4/MedicationRequest', '/apis/default/fhir/MedicationRequest'],
    ['/fhir/r4', '/apis/default/fhir'],
    ['/metadata', '/apis/default/fhir/metadata'],
    ['/apis/alternate/fhir/?x=/fhir/r4', '/apis/alternate/fhir?x=/fhir/r4'],
  ])('brings %s to %s', (from, to) => expect(canonicalUrl(from, 'default')).toBe(to));

  it.each(['/apis/default/api/patient/', '/apis/default/fhir/Patient?name=a', '/oauth2/default/token', '/'])('leaves %s alone', (url) => expect(canonicalUrl(url, 'default')).toBe(url));
});
