import { codesNeverUsed } from './codes-never-used';
import { parseSearch } from './parse/parse-search';

const unused = (type: string, query: string) => codesNeverUsed(type, parseSearch(type, [...new URLSearchParams(query)]).filters);

describe('codes that no resource can hold', () => {
  it.each([['Observation', 'status=nonsense'], ['Observation', 'status=final,nonsense'], ['Observation', 'status=http://hl7.org/fhir/observation-status|nonsense'], ['Patient', 'gender=both']])('%s?%s is told', (type, query) => {
    expect(unused(type, query)).toEqual([query.split('=')[0]]);
  });

  it.each([['Observation', 'status=final'], ['Observation', 'status=final,amended'], ['Observation', 'code=nonsense'], ['Observation', 'status:not=nonsense'], ['Patient', 'identifier=nonsense'], ['Patient', 'family=nonsense'], ['Observation', 'category=nonsense']])('%s?%s is not', (type, query) => {
    expect(unused(type, query)).toEqual([]);
  });

  it('a required binding of a concept counts as well', () => expect(unused('Condition', 'clinical-status=nonsense')).toEqual(['clinical-status']));
});
