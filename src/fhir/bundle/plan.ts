import { type Access, forbidden, rulesFor, SalusError, type Verb } from '../../kernel';
import type { Change } from '../store';
import type { BundleMatches } from './bundle-matches';
import type { Criteria } from './criteria';
import type { Entry, EntryMethod } from './entry';
import { ofEntry, refusal } from './entry-refusal';
import { idFor } from './kept-id';
import type { Matches } from './matches';
import type { BundleOptions, Step } from './step';

/** What planning draws on. */
export interface Ground {
  access: Access;
  options: BundleOptions;
  matches: Matches;
  written: BundleMatches;
  /** Criteria of conditional writes, by entry. */
  criteria: ReadonlyMap<Entry, Criteria>;
}

/** The order in which a transaction takes effect (R4 §3.1.0.11.2). */
const ORDER: Record<EntryMethod, number> = { DELETE: 0, POST: 1, PUT: 2, PATCH: 3, GET: 4, HEAD: 4 };

/** Settles ids and conditions of all entries; what fails is told to `refuse` and left out. */
export function planSteps(entries: readonly Entry[], ground: Ground, refuse: (index: number, error: SalusError) => void): Step[] {
  const taken = new Set<string>();
  const ordered = [...entries].sort((a, b) => ORDER[a.method] - ORDER[b.method] || a.index - b.index);
  return ordered.flatMap((entry) => {
    try {
      const step = planStep(entry, ground);
      if (step.kind === 'write') accept(step, ground, taken);
      return [step];
    } catch (error) {
      if (!(error instanceof SalusError)) throw error;
      refuse(entry.index, ofEntry(entry.index, error));
      return [];
    }
  });
}

function planStep(entry: Entry, ground: Ground): Step {
  switch (entry.method) {
    case 'DELETE': return planDelete(entry, ground);
    case 'POST': return planCreate(entry, ground);
    case 'PUT': return planUpdate(entry, ground);
    default: return { kind: 'read', entry };
  }
}

function planDelete(entry: Entry, ground: Ground): Step {
  const { type, id } = entry.address;
  const target = id ?? single(entry, ground, '.request.url');
  if (target === undefined) return { kind: 'nothing', entry };
  return { kind: 'write', entry, change: { op: 'delete', type, id: target, ...condition(entry) } };
}

function planCreate(entry: Entry, ground: Ground): Step {
  const { type } = entry.address;
  const existing = ground.criteria.has(entry) ? single(entry, ground, '.request.ifNoneExist') : undefined;
  if (existing !== undefined && !isOwn(existing, entry, ground)) return { kind: 'existing', entry, type, id: existing };
  const id = existing ?? idFor(entry, ground.options.keepIds ?? false);
  return { kind: 'write', entry, change: { op: ground.options.keepIds ? 'update' : 'create', type, id, resource: entry.resource! } };
}

/** An import meets what it stored the last time: it is brought up to date rather than passed over. */
const isOwn = (existing: string, entry: Entry, { options, written }: Ground): boolean =>
  options.keepIds === true && existing === idFor(entry, true) && !written.has(entry.address.type, existing);

function planUpdate(entry: Entry, ground: Ground): Step {
  const { type, id } = entry.address;
  const resource = entry.resource!;
  const target = id ?? conditionalTarget(entry, ground);
  return { kind: 'write', entry, change: { op: 'update', type, id: target, resource, ...condition(entry) } };
}

/** R4 §3.1.0.4.3: no match creates (under the given id, if any), one match is updated, and its id cannot be changed. */
function conditionalTarget(entry: Entry, ground: Ground): string {
  const found = single(entry, ground, '.request.url');
  const given = entry.resource!.id;
  if (found !== undefined && given !== undefined && given !== found) throw refusal('invalid', entry.index, '.resource.id', 'The criteria match a resource with another id.');
  return found ?? given ?? idFor(entry, ground.options.keepIds ?? false);
}

function single(entry: Entry, { matches, criteria }: Ground, element: string): string | undefined {
  const found = matches.find(criteria.get(entry)!);
  if (found.length > 1) throw refusal('precondition-failed', entry.index, element, 'The criteria match more than one resource.', 'multiple-matches');
  return found[0];
}

const condition = ({ ifMatch }: Entry): { ifMatch?: number } => (ifMatch === undefined ? {} : { ifMatch });

/** What one entry decides, the following ones see. */
function accept({ entry, change }: Extract<Step, { kind: 'write' }>, ground: Ground, taken: Set<string>): void {
  const name = `${change.type}/${change.id}`;
  checkAllowed(ground.access, change);
  if (taken.has(name)) throw refusal('invalid', entry.index, '', `Another entry of the Bundle concerns ${change.type} of the same id.`, 'duplicate');
  taken.add(name);
  if (change.op === 'delete') ground.matches.deleted.add(name);
  else ground.written.add(change.type, change.id, change.resource);
}

const VERBS: Record<Change['op'], readonly Verb[]> = { create: ['c'], update: ['u', 'c'], delete: ['d'] };

/** The writer judges every resource; this names the entry where the token allows nothing of the kind. */
function checkAllowed(access: Access, { op, type }: Change): void {
  if (VERBS[op].every((verb) => rulesFor(access, type, verb).length === 0)) throw forbidden(`The token does not allow this ${op} of ${type}.`);
}
