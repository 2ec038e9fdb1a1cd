import { labelled, labelsOf, withLabels, withoutLabels } from './labels';

const R = { system: 's', code: 'R' };

describe('labels of a resource', () => {
  const own = labelsOf({ versionId: '3', profile: ['p'], tag: [{ system: 't', code: 'x' }] });

  it('are added once, however often they are', () => {
    const twice = withLabels(own, labelsOf({ profile: ['p', 'q'], tag: [{ system: 't', code: 'x', display: 'X' }, { system: 'u', code: 'x' }], security: [R, R] }));
    expect(twice).toEqual({ profile: ['p', 'q'], tag: [{ system: 't', code: 'x' }, { system: 'u', code: 'x' }], security: [R] });
  });

  it('are taken away by system and code; others stay', () => {
    expect(withoutLabels(own, labelsOf({ tag: [{ system: 't', code: 'x', display: 'any' }], profile: ['other'] }))).toEqual({ profile: ['p'], tag: [], security: [] });
    expect(withoutLabels(own, labelsOf({ tag: [{ code: 'x' }] })).tag).toHaveLength(1);
  });

  it('leave the server’s part of meta alone', () => {
    expect(labelled({ versionId: '3', source: '#1', tag: [R] }, labelsOf({ profile: ['p'] }))).toEqual({ versionId: '3', source: '#1', profile: ['p'] });
  });
});
