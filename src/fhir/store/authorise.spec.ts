import type { FhirResource } from '#libs/fhir';
import { type Access, type AccessRule, ALL_VERBS, SalusError } from '../../kernel';
import { authoriseWrite } from './authorise';
import type { Item } from './change';

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

describe(authoriseWrite, () => {
  const mine = access({ type: 'Observation', verbs: ALL_VERBS, patient: 'a' });

  it.each([
    ['creates within the patient', mine, 'c', item(about('a')), 'allowed'],
    ['does not create for another patient', mine, 'c', item(about('b')), 'forbidden'],
    ['does not create what belongs to nobody', mine, 'c', item({ resourceType: 'Observation' }), 'forbidden'],
    ['does not take another patient’s resource over', mine, 'u', item(about('a'), stored(about('b'))), 'not-found'],
    ['does not give a resource to another patient', mine, 'u', item(about('b'), stored(about('a'))), 'forbidden'],
    ['does not delete another patient’s resource', mine, 'd', item(undefined, stored(about('b'))), 'not-found'],
    ['does not touch what is labelled sensitive', mine, 'u', item(about('a'), stored(about('a'), true)), 'not-found'],
    ['needs the verb', access({ type: 'Observation', verbs: new Set(['r']) }), 'c', item(about('a')), 'forbidden'],
    ['needs the type', access({ type: 'Patient', verbs: ALL_VERBS }), 'c', item(about('a')), 'forbidden'],
    ['keeps to the category of a granular scope', access({ type: 'Observation', verbs: ALL_VERBS, filter: [['category', 'http://s|laboratory']] }), 'c', item(about('a')), 'forbidden'],
    ['allows the category of a granular scope', access({ type: 'Observation', verbs: ALL_VERBS, filter: [['category', 'http://s|vital-signs']] }), 'c', item(about('a')), 'allowed'],
    ['takes the union of rules', access({ type: 'Observation', verbs: ALL_VERBS, patient: 'a' }, { type: '*', verbs: ALL_VERBS, patient: 'b' }), 'u', item(about('b'), stored(about('a'))), 'allowed'],
  ] as const)('%s', (_what, granted, verb, one, expected) => {
    expect(outcome(() => authoriseWrite(granted, verb, one as Item))).toBe(expected);
  });
});
