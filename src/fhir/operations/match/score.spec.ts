import { demographicsOf } from './demographics';
import { scoreOf } from './score';
import { similarity } from './similarity';

const ADA = {
  resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: '1' }], name: [{ family: 'Lovelace', given: ['Ada', 'Augusta'] }, { family: 'Byron', use: 'maiden' }], birthDate: '1985-12-10', gender: 'female',
  telecom: [{ value: '+1 (555) 123-4567' }, { value: 'Ada@Example.org' }], address: [{ line: ['1 St. James Sq.'], city: 'London', postalCode: '12345' }],
};

const scored = (sought: object) => scoreOf(demographicsOf({ resourceType: 'Patient', ...sought }), demographicsOf(ADA));

describe('how well a record matches a description', () => {
  it.each([
    ['an identifier alone', { identifier: [{ system: 'urn:mrn', value: '1' }] }, 'certain'],
    ['identifier, name and birth date', { identifier: [{ system: 'urn:mrn', value: '1' }], name: [{ family: 'LOVELACE', given: ['ada'] }], birthDate: '1985-12-10' }, 'certain'],
    ['name, birth date and telephone', { name: [{ family: 'Lovelace', given: ['Ada'] }], birthDate: '1985-12-10', telecom: [{ value: '555.123.4567' }] }, 'certain'],
    ['the maiden name, birth date and address', { name: [{ family: 'Byron', given: ['Ada'] }], birthDate: '1985-12-10', address: [{ line: ['1 St James Sq'], postalCode: '12345' }] }, 'certain'],
    ['name and birth date alone', { name: [{ family: 'Lovelace', given: ['Ada'] }], birthDate: '1985-12-10', gender: 'female' }, 'probable'],
    ['an identifier that somebody else’s name and birth date speak against', { identifier: [{ system: 'urn:mrn', value: '1' }], name: [{ family: 'Miller', given: ['Bob'] }], birthDate: '1950-01-01' }, undefined],
    ['a misspelt name and a birth date with a digit wrong', { name: [{ family: 'Lovlace', given: ['Ada'] }], birthDate: '1985-12-11' }, 'possible'],
    ['a family name alone', { name: [{ family: 'Lovelace' }] }, 'probable'],
    ['somebody else', { name: [{ family: 'Miller', given: ['Bob'] }], birthDate: '1950-01-01' }, undefined],
    ['nothing', {}, undefined],
  ])('by %s', (_, sought, grade) => expect(scored(sought)?.grade).toBe(grade));

  it('counts another number of the same system against it', () => {
    const about = { name: [{ family: 'Lovelace', given: ['Ada'] }], birthDate: '1985-12-10', telecom: [{ value: '5551234567' }] };
    expect(scored({ ...about, identifier: [{ system: 'urn:mrn', value: '2' }] })?.grade).toBe('possible');
    expect(scored({ ...about, identifier: [{ system: 'urn:other', value: '2' }] })!.score).toBeGreaterThan(scored({ ...about, identifier: [{ system: 'urn:mrn', value: '2' }] })!.score);
  });

  it('gives scores from 0 to 1', () => {
    for (const sought of [{ gender: 'male' }, { birthDate: '1985' }, { name: [{ given: ['A'] }] }, { telecom: [{ value: 'x' }] }]) {
      const { score } = scored(sought) ?? { score: 0 };
      expect(score >= 0 && score <= 1).toBe(true);
    }
  });

  it('knows how alike names are', () => {
    expect(similarity('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(similarity('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
    expect([similarity('a', 'a'), similarity('', 'a'), similarity('abc', 'xyz')]).toEqual([1, 0, 0]);
  });

  it('takes hostile names in its stride', () => {
    const long = 'x'.repeat(50_000);
    const started = performance.now();
    scored({ name: Array.from({ length: 200 }, () => ({ family: long, given: Array.from({ length: 200 }, () => long) })) });
    expect(performance.now() - started).toBeLessThan(500);
  });
});
