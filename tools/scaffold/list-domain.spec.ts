import { withDomain } from './list-domain';
import { type Names, namesOf } from './names';

const names = namesOf('care-note') as Names;

const INDEX = `import type { Domain } from '../fhir';
import { facilityDomain } from './facility';
import { drugDomain } from './drug';

/** In order. */
export const practiceDomains: Domain[] = [facilityDomain, drugDomain];
`;

describe(namesOf, () => {
  it('derives every form', () => {
    expect(names).toEqual({ kebab: 'care-note', snake: 'care_note', camel: 'careNote', Pascal: 'CareNote', words: 'care note', Words: 'Care note' });
  });

  it.each(['', 'a', 'CareNote', 'care_note', 'care note', '-care', 'care-', 'care--note', '1care', 'café', '../care', 'care-note/x', `a${'b'.repeat(30)}`])('refuses “%s”', (name) => {
    expect(typeof namesOf(name)).toBe('string');
  });
});

describe(withDomain, () => {
  it('adds one import and one item, and changes nothing else', () => {
    expect(withDomain(INDEX, names)).toEqual({
      text: INDEX.replace("from './drug';", "from './drug';\nimport { careNoteDomain } from './care-note';").replace('drugDomain];', 'drugDomain, careNoteDomain];'),
    });
  });

  it('refuses a list it does not know, and a domain that is listed', () => {
    expect(withDomain('export const practiceDomains = all();\n', names)).toHaveProperty('fault');
    expect(withDomain(INDEX, namesOf('drug') as Names)).toHaveProperty('fault');
  });
});
