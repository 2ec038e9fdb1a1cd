import { compartmentTypes, type ElementRule, elementRules, type FhirResource, resourceTypes } from '#libs/fhir';
import { SHARED_TYPES } from '../../../src/fhir/search/access/shared-types';
import { fullest } from '../sample-resource';

/** Types that are stored; Parameters and Bundles of other people's making stand for themselves. */
const TYPES = resourceTypes.filter((type) => type !== 'Parameters' && type !== 'Bundle');

export type Who = 'anna' | 'bert';

/** Values that tell whose a resource is. `bert`'s stand nowhere else. */
const MARKS: Record<Who | 'shared', { word: string; year: string; number: number }> = {
  anna: { word: 'annasmark', year: '1971', number: 3 },
  bert: { word: 'bertsmark', year: '1983', number: 11 },
  shared: { word: 'sharedmark', year: '1999', number: 5 },
};

export const idOf = (who: Who | 'shared', type: string): string => (type === 'Patient' && who !== 'shared' ? who : `${who}-${type}`);

/** Resources of nobody: who gives care, and definitions. */
export const shared = (): FhirResource[] => TYPES.filter((type) => SHARED_TYPES.has(type)).map((type) => resource('shared', type));

/** One resource of every other type, with every element filled and every reference leading to the patient where it may. */
export const chart = (who: Who): FhirResource[] => TYPES.filter((type) => !SHARED_TYPES.has(type)).map((type) => resource(who, type));

/** Bert's as well, and deleted since. */
export const gone = (): FhirResource[] => chart('bert').filter(({ resourceType }) => resourceType !== 'Patient').map((resource) => ({ ...resource, id: goneId(resource.resourceType) }));

export const goneId = (type: string): string => `gone-${type}`;

/** What belongs to both, and so to neither's token. */
export const entangled = (): FhirResource[] => [
  { resourceType: 'Group', id: 'both-group', type: 'person', actual: true, name: 'bertsmark', member: (['anna', 'bert'] as const).map((who) => ({ entity: { reference: `Patient/${who}` } })) },
  { resourceType: 'Appointment', id: 'both-visit', status: 'proposed', description: 'bertsmark', participant: (['anna', 'bert'] as const).map((who) => ({ actor: { reference: `Patient/${who}` }, status: 'needs-action' })) },
  { resourceType: 'Provenance', id: 'both-origin', target: [{ reference: 'Observation/anna-Observation' }, { reference: 'Observation/bert-Observation' }], recorded: '1983-01-02T03:04:05Z', agent: [{ who: { reference: 'Patient/bert' } }] },
];

/** What invariants (msq-3, obs-7) and the server ask for beyond the sample. */
const EXCEPT: Record<string, object> = {
  MolecularSequence: { coordinateSystem: 1 },
  Subscription: { status: 'off', criteria: 'Observation?code=any', channel: { type: 'rest-hook', endpoint: 'https://example.org/hook' } },
  Observation: { component: [{ code: { text: 'part' }, valueInteger: 1 }] },
};

function resource(who: Who | 'shared', type: string): FhirResource {
  const filled = owned(fullest(type), type, who) as FhirResource;
  const { word } = MARKS[who];
  return { ...filled, ...EXCEPT[type], id: idOf(who, type), meta: { tag: [{ system: `http://example.org/${word}`, code: word }], source: `http://example.org/${word}` } };
}

/** A copy in which every free value is `who`'s own and every reference leads to `who`, or to what is shared. */
function owned(given: object, type: string, who: Who | 'shared'): Record<string, unknown> {
  const rules = new Map(elementRules(type).map((rule) => [rule.name, rule]));
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, ownMember(value, rules.get(name), who)]));
}

function ownMember(value: unknown, rule: ElementRule | undefined, who: Who | 'shared'): unknown {
  if (Array.isArray(value)) return value.map((item) => ownMember(item, rule, who));
  if (rule?.type === 'Reference') return { reference: targetOf(rule.targets ?? [], who) };
  if (typeof value !== 'object' || value === null || !rule || rule.type === 'Resource') return ownValue(value, who);
  return rule.valueSet ? value : (richly(rule.type, who) ?? owned(value, rule.type, who));
}

/** Data types as the search parameters read them. */
function richly(type: string, who: Who | 'shared'): object | undefined {
  const { word, year, number } = MARKS[who];
  const coding = { system: `http://example.org/${word}`, code: word, display: word };
  const quantity = { value: number, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' };
  const rich: Record<string, object> = {
    Identifier: { system: coding.system, value: word, type: { coding: [coding] } },
    CodeableConcept: { coding: [coding], text: word },
    Coding: coding,
    HumanName: { family: word, given: [word], text: word },
    Address: { line: [word], city: word, state: word, postalCode: word, country: word },
    ContactPoint: { system: 'phone', value: word },
    Quantity: quantity, Age: quantity, SimpleQuantity: { ...quantity },
    Money: { value: number, currency: 'EUR' },
    Period: { start: `${year}-01-02`, end: `${year}-03-04` },
    Range: { low: quantity, high: quantity },
  };
  return rich[type];
}

function ownValue(value: unknown, who: Who | 'shared'): unknown {
  const mark = MARKS[who];
  if (value === 'text') return mark.word;
  if (value === 'http://example.org/a') return `http://example.org/${mark.word}`;
  if (typeof value === 'string') return value.replace(/^2024-01-02/, `${mark.year}-01-02`);
  return value === 1 ? mark.number : value;
}

/** The patient where that is allowed, else what hangs on the patient, else what is shared. */
function targetOf(targets: readonly string[], who: Who | 'shared'): string {
  if (who === 'shared') return nobodys(targets.find((type) => SHARED_TYPES.has(type)) ?? targets[0] ?? 'Organization');
  if (targets.length === 0 || targets.includes('Patient')) return `Patient/${who}`;
  const type = targets.find((one) => compartmentTypes.has(one)) ?? targets[0]!;
  return `${type}/${idOf(SHARED_TYPES.has(type) ? 'shared' : who, type)}`;
}

const nobodys = (type: string): string => `${type}/${idOf('shared', type)}`;
