import { typeOfAccept, typeOfFormat } from './negotiate';

describe(typeOfAccept, () => {
  it.each([
    [undefined, 'application/fhir+json'], ['', 'application/fhir+json'], ['*/*', 'application/fhir+json'], ['application/*', 'application/fhir+json'],
    ['application/fhir+json', 'application/fhir+json'], ['application/json', 'application/json'], ['text/json', 'text/json'], ['application/json+fhir', 'application/fhir+json'],
    ['application/fhir+xml', 'application/fhir+xml'], ['application/xml', 'application/xml'], ['text/xml', 'text/xml'], ['application/xml+fhir', 'application/fhir+xml'],
    ['APPLICATION/FHIR+XML; charset=utf-8', 'application/fhir+xml'], ['application/fhir+json; fhirVersion=4.0', 'application/fhir+json'], ['application/fhir+xml;fhirVersion="4.0.1"', 'application/fhir+xml'],
    ['application/fhir+json;q=0.5, application/fhir+xml', 'application/fhir+xml'], ['application/fhir+xml;q=0.9, application/fhir+json;q=0.9', 'application/fhir+xml'],
    ['application/fhir+xml;q=0.1, */*;q=0.2', 'application/fhir+json'], ['application/fhir+json;q=0, */*', 'application/json'], ['*/*, application/fhir+json;q=0, application/json;q=0, text/json;q=0', 'application/fhir+xml'],
    ['application/json, text/plain, */*', 'application/json'], ['image/png, application/fhir+json;fhirVersion=5.0, application/fhir+xml;q=0.2', 'application/fhir+xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'application/fhir+json'],
  ])('answers %s with %s', (accept, name) => expect(typeOfAccept(accept)?.contentType).toBe(`${name}; charset=utf-8`));

  it.each(['image/png', 'application/fhir+turtle', 'application/fhir+json;q=0', '*/*;q=0', 'application/fhir+json; fhirVersion=3.0', 'text/csv, application/pdf', 'application/fhir+json;q=5', 'nonsense'])('has nothing for %s', (accept) => {
    expect(typeOfAccept(accept)).toBeUndefined();
  });

  it('remembers no more headers than it can hold', () => {
    for (let index = 0; index < 2000; index++) expect(typeOfAccept(`application/fhir+xml;a=${index}`)?.syntax).toBe('xml');
  });
});

describe(typeOfFormat, () => {
  it.each([['json', 'json'], ['application/json', 'json'], ['application/fhir+json', 'json'], ['application/fhir json', 'json'], ['xml', 'xml'], ['text/xml', 'xml'], ['application/xml', 'xml'], ['application/fhir+xml', 'xml']])('takes %s for %s', (format, syntax) => {
    expect(typeOfFormat(format)).toEqual({ syntax, contentType: `application/fhir+${syntax}; charset=utf-8` });
  });

  it.each(['ttl', 'html', 'text/html', '', '*/*', 'application/fhir+xml; fhirVersion=5.0'])('has nothing for %s', (format) => expect(typeOfFormat(format)).toBeUndefined());
});
