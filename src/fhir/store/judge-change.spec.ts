import type { FhirResource } from '#libs/fhir';
import { type Access, type AccessRule, ALL_VERBS, SalusError, type Verb } from '../../kernel';
import type { Change, Item } from './change';
import { judgeChange } from './judge-change';

const access = (...rules: AccessRule[]): Access => ({ site: 'default', actor: { kind: 'user', id: 'u', name: 'u' }, rules, seesSensitive: false, scopes: new Set() });
const about = (patient: string, category = 'vital-signs'): FhirResource => ({
  resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${patient}` }, category: [{ coding: [{ system: 'http://s', code: category }] }],
});
const stored = (resource: FhirResource, sensitive = false): Item['current'] => ({
  id: 1, type: 'Observation', fhirId: 'o', version: 1, deleted: false, patient: 1, sensitive, lastUpdated: 0, source: null, sourceKey: null, sourcePart: null, body: Buffer.from(JSON.stringify(resource)),
});
const item = (next: FhirResource | undefined, current?: Item['current']): Item => ({ type: 'Observation', id: 'o', ...(next && { resource: next }), ...(current && { current }) });

function outcome(work: () => void): string {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as SalusError).kind;
  }
}

/** The change that needs `verb`. */
const change = (verb: Verb, { type, id, resource = { resourceType: type } }: Item): Change => {
  if (verb === 'd') return { op: 'delete', type, id };
  return { op: verb === 'c' ? 'create' : 'update', type, id, resource };
};

describe(judgeChange, () => {
  const mine = access({ type: 'Observation', verbs: ALL_VERBS, patient: 'a' });

  it.each([
    ['creates within the patient', mine, 'c', item(about('a')), 'allowed'],
    ['does not create for another patient', mine, 'c', item(about('b')), 'forbidden'],
    ['does not create what belongs to nobody', mine, 'c', item({ resourceType: 'Observation' }), 'forbidden'],
    ['does not take another patient’s resource over', mine, 'u', item(about('a'), stored(about('b'))), 'not-found'],
    ['does not give a resource to another patient', mine, 'u', item(about('b'), stored(about('a'))), 'forbidden'],
    ['does not touch what is labelled sensitive', mine, 'u', item(about('a'), stored(about('a'), true)), 'not-found'],
    ['needs the verb', access({ type: 'Observation', verbs: new Set(['r']) }), 'c', item(about('a')), 'forbidden'],
    ['needs the type', access({ type: 'Patient', verbs: ALL_VERBS }), 'c', item(about('a')), 'forbidden'],
    ['keeps to the category of a granular scope', access({ type: 'Observation', verbs: ALL_VERBS, filter: [['category', 'http://s|laboratory']] }), 'c', item(about('a')), 'forbidden'],
    ['allows the category of a granular scope', access({ type: 'Observation', verbs: ALL_VERBS, filter: [['category', 'http://s|vital-signs']] }), 'c', item(about('a')), 'allowed'],
    ['takes the union of rules', access({ type: 'Observation', verbs: ALL_VERBS, patient: 'a' }, { type: '*', verbs: ALL_VERBS, patient: 'b' }), 'u', item(about('b'), stored(about('a'))), 'allowed'],
  ] as const)('%s', (_what, granted, verb, one, expected) => {
    expect(outcome(() => judgeChange(granted, change(verb, one as Item), one.current))).toBe(expected);
  });

  describe('an id of the caller’s choice', () => {
    const put: Change = { op: 'update', type: 'Observation', id: 'o', resource: about('a') };

    it('is refused to someone confined to a patient, whether it is another’s or free', () => {
      expect(outcome(() => judgeChange(mine, put, stored(about('b'))))).toBe('not-found');
      expect(outcome(() => judgeChange(mine, put, undefined))).toBe('not-found');
    });

    it('is free to others who may create', () => {
      expect(outcome(() => judgeChange(access({ type: '*', verbs: ALL_VERBS }), put, undefined))).toBe('allowed');
      expect(outcome(() => judgeChange(access({ type: '*', verbs: new Set(['u']) }), put, undefined))).toBe('forbidden');
    });
  });

  describe('a deletion', () => {
    const remove: Change = { op: 'delete', type: 'Observation', id: 'o' };

    it('finds nothing to delete in another patient’s resource, as where there is none', () => {
      expect(judgeChange(mine, remove, stored(about('b')))).toEqual({ type: 'Observation', id: 'o' });
      expect(judgeChange(mine, remove, undefined)).toEqual({ type: 'Observation', id: 'o' });
      expect(judgeChange(mine, remove, stored(about('a')))).toMatchObject({ current: { version: 1 } });
    });

    it('does not tell someone confined to a patient what was deleted before', () => {
      const gone = { ...stored(about('b'))!, deleted: true };
      expect(judgeChange(mine, remove, gone)).toEqual({ type: 'Observation', id: 'o' });
      expect(judgeChange(access({ type: '*', verbs: ALL_VERBS }), remove, gone)).toMatchObject({ current: { version: 1 } });
    });
  });

  describe('a condition on the version', () => {
    const update = (ifMatch: number | '*'): Change => ({ op: 'update', type: 'Observation', id: 'o', resource: about('a'), ifMatch });

    it.each([[1, 'allowed'], ['*', 'allowed'], [2, 'precondition-failed']] as const)('%s at version 1 is %s', (ifMatch, expected) => {
      expect(outcome(() => judgeChange(mine, update(ifMatch), stored(about('a'))))).toBe(expected);
    });

    it.each([1, 2, '*'] as const)('%s on what is another patient’s fails as on what is not there', (ifMatch) => {
      expect(outcome(() => judgeChange(mine, update(ifMatch), stored(about('b'))))).toBe('precondition-failed');
      expect(outcome(() => judgeChange(mine, update(ifMatch), undefined))).toBe('precondition-failed');
    });
  });

  describe('a patch', () => {
    const patch = (edit: (resource: FhirResource) => FhirResource): Change => ({ op: 'patch', type: 'Observation', id: 'o', edit });

    it('does not look into another patient’s resource', () => {
      const edit = jest.fn();
      expect(outcome(() => judgeChange(mine, patch(edit), stored(about('b'))))).toBe('not-found');
      expect(edit).not.toHaveBeenCalled();
    });

    it('does not give a resource to another patient', () => {
      expect(outcome(() => judgeChange(mine, patch(() => about('b')), stored(about('a'))))).toBe('forbidden');
      expect(outcome(() => judgeChange(mine, patch((resource) => resource), stored(about('a'))))).toBe('allowed');
    });

    it('creates nothing', () => {
      expect(outcome(() => judgeChange(mine, patch((resource) => resource), undefined))).toBe('not-found');
    });
  });
});
