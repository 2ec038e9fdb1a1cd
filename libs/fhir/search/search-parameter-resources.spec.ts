import { resourceTypes } from '../definitions/resource-types';
import { validateResource } from '../definitions/validate-resource';
import { searchParameterResources } from './search-parameter-resources';
import { searchParametersOf } from './search-parameters';

describe(searchParameterResources, () => {
  const all = searchParameterResources();

  it('are valid, each once, and cover what every type is searched by', () => {
    for (const resource of all) expect([resource.id, validateResource(resource)]).toEqual([resource.id, []]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const urls = new Set(all.map(({ url }) => url));
    for (const type of resourceTypes) for (const { url } of searchParametersOf(type)) expect(urls).toContain(url);
  });

  it('name only types that have them', () => {
    for (const { url, code, base } of all as unknown as { url: string; code: string; base: string[] }[]) {
      for (const type of base[0] === 'Resource' ? resourceTypes : base) expect(searchParametersOf(type)).toContainEqual(expect.objectContaining({ url, code }));
    }
  });

  it('say what they read', () => {
    expect(all.find(({ id }) => id === 'individual-family')).toMatchObject({ url: 'http://hl7.org/fhir/SearchParameter/individual-family', base: ['Patient', 'Practitioner'], type: 'string', expression: 'Patient.name.family | Practitioner.name.family', modifier: ['missing', 'exact', 'contains'] });
    expect(all.find(({ id }) => id === 'us-core-race')).toMatchObject({ url: 'http://hl7.org/fhir/us/core/SearchParameter/us-core-race', version: '8.0.0', base: ['Patient'] });
    expect(all.filter(({ base }) => (base as string[]).includes('Resource')).map(({ code }) => code)).toEqual(expect.arrayContaining(['_id', '_lastUpdated']));
  });
});
