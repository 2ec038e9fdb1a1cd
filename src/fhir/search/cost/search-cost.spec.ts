import { parseSearch } from '#libs/fhir';
import { chargesOf, checkBudget, includeCharges } from './search-cost';

const many = (count: number, one: string) => new Array<string>(count).fill(one).join('&');
const points = (query: string, confined = false): number => {
  const [type, text] = query.split('?') as [string, string];
  const request = parseSearch(type, [...new URLSearchParams(text)]);
  const charges = [...chargesOf(request, confined), ...includeCharges(request)];
  checkBudget(charges, 1000);
  return charges.reduce((sum, charge) => sum + charge.points, 0);
};

describe('the cost of a search', () => {
  it.each([
    'Observation?patient=p&category=vital-signs&date=ge2024&_count=50', 'Patient?name=a&birthdate=1990', 'Observation?code=a,b,c&_sort=-date&_total=accurate', 'Patient?name:contains=x',
    'Observation?patient.name=a&encounter.status=finished', 'Patient?_has:Observation:patient:code=x', 'Encounter?patient=p&_include=*&_revinclude=*', 'MedicationRequest?patient=p&intent=order&_include=MedicationRequest:medication&_revinclude=Provenance:target&_count=1000',
    'Observation?subject:Patient.general-practitioner:Practitioner.name=x', 'Observation?_include:iterate=*', `Patient?identifier=${new Array(256).fill('x').join(',')}`, 'Observation?_summary=count',
  ])('%s is within the budget', (query) => expect(points(query)).toBeGreaterThan(0));

  it.each([
    ['chains', `Observation?${many(20, 'patient.name=a')}`, 'patient'],
    ['chains and _has', `Patient?${many(9, '_has:Observation:patient:code=x')}&${many(9, 'organization.name=a')}`, '_has'],
    ['wildcards', `Patient?${many(12, 'name:contains=a')}`, 'name'],
    ['wildcards among alternatives', 'Patient?name:contains=a,b,c,d,e,f,g,h,i,j,k', 'name'],
    ['words', `Observation?_content=${new Array(12).fill('a').join('+')}`, '_content'],
    ['negations', `Patient?_filter=${encodeURIComponent(new Array(24).fill('not (gender eq x)').join(' and '))}`, 'gender'],
    ['reverse chains within each other', `Patient?${'_has:Patient:link:'.repeat(7)}_filter=${encodeURIComponent(new Array(12).fill('organization.name eq a').join(' or '))}`, '_has'],
    ['includes of includes of large pages', 'Observation?_include:iterate=*&_revinclude:iterate=*&_count=1000', '_include'],
  ])('too many %s are refused by name', (_what, query, name) => {
    expect(() => points(query)).toThrow(expect.objectContaining({ kind: 'invalid', problems: [expect.objectContaining({ path: name, rule: 'too-costly', message: expect.stringContaining(`“${name}”`) })] }));
  });

  it('is less within a chart, whether the search or the token keeps to it', () => {
    const open = points('Observation?code:not=x&_sort=date,code');
    expect(points('Observation?patient=p&code:not=x&_sort=date,code')).toBeLessThan(open / 4);
    expect(points('Observation?code:not=x&_sort=date,code', true)).toBeLessThan(open / 4);
  });
});
