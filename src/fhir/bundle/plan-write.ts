import { notFound, type SalusError } from '../../kernel';
import { applyPatch } from '../patch/patch-document';
import type { Change } from '../store';
import type { Entry } from './entry';
import { refusal } from './entry-refusal';
import type { Ground } from './ground';
import { idFor } from './kept-id';
import type { Step } from './step';

/** What a write comes to, now that its criteria are looked up. */
export function planWrite(entry: Entry, ground: Ground): Step[] {
  switch (entry.method) {
    case 'DELETE': return planDelete(entry, ground);
    case 'POST': return [planCreate(entry, ground)];
    case 'PATCH': return [planPatch(entry, ground)];
    default: return [planUpdate(entry, ground)];
  }
}

/** R4 §3.1.0.7.1: criteria that match nothing are a delete that is done already. */
function planDelete(entry: Entry, ground: Ground): Step[] {
  const { type, id } = entry.address;
  const targets = id === undefined ? matching(entry, ground, ground.mostDeleted, '.request.url') : [id];
  if (targets.length === 0 && entry.ifMatch !== undefined) throw nothingToMatch(entry);
  if (targets.length === 0) return [{ kind: 'nothing', entry }];
  return targets.map((target) => ({ kind: 'write', entry, change: { op: 'delete', type, id: target, ...condition(entry) } }));
}

function planCreate(entry: Entry, ground: Ground): Step {
  const { type } = entry.address;
  const [existing] = ground.criteria.has(entry) ? matching(entry, ground, 1, '.request.ifNoneExist') : [];
  if (existing !== undefined && !isOwn(existing, entry, ground)) return { kind: 'existing', entry, type, id: existing };
  const { keepIds = false } = ground.options;
  const base = { type, id: existing ?? idFor(entry, keepIds), resource: entry.resource! };
  return { kind: 'write', entry, change: keepIds ? { op: 'update', ...base } : { op: 'create', ...base, fresh: true } };
}

/** An import meets what it stored the last time: it is brought up to date rather than passed over. */
const isOwn = (existing: string, entry: Entry, { options, written }: Ground): boolean =>
  options.keepIds === true && existing === idFor(entry, true) && !written.has(entry.address.type, existing);

function planUpdate(entry: Entry, ground: Ground): Step {
  const { type, id } = entry.address;
  const change = id === undefined ? conditionalUpdate(entry, ground) : ({ op: 'update', type, id, resource: entry.resource! } as const);
  if (change.op === 'create' && entry.ifMatch !== undefined) throw nothingToMatch(entry);
  return { kind: 'write', entry, change: { ...change, ...condition(entry), ...(entry.ifNoneMatch !== undefined && { mustBeNew: true }) } };
}

/**
 * R4 §3.1.0.4.3: no match creates, under the given id if there is one and nobody has it; one match is updated, and
 * its id cannot be changed.
 */
function conditionalUpdate(entry: Entry, ground: Ground): Extract<Change, { op: 'create' | 'update' }> {
  const { type } = entry.address;
  const resource = entry.resource!;
  const [found] = matching(entry, ground, 1, '.request.url');
  if (found !== undefined && resource.id !== undefined && resource.id !== found) throw refusal('invalid', entry.index, '.resource.id', 'The criteria match a resource with another id.');
  const keepIds = ground.options.keepIds ?? false;
  const id = found ?? resource.id ?? idFor(entry, keepIds);
  return { op: found === undefined && !keepIds ? 'create' : 'update', type, id, resource };
}

/** A patch of nothing is refused: there is nothing to begin with. */
function planPatch(entry: Entry, ground: Ground): Step {
  const { type, id } = entry.address;
  const target = id ?? matching(entry, ground, 1, '.request.url')[0];
  if (target === undefined) throw notFound(`A ${type} that matches the criteria`);
  return { kind: 'write', entry, change: { op: 'patch', type, id: target, edit: (stored) => applyPatch(entry.patch!, stored), ...condition(entry) } };
}

function matching(entry: Entry, { matches, criteria }: Ground, most: number, element: string): string[] {
  const found = matches.find(criteria.get(entry)!);
  if (found.length <= most) return found;
  const message = most === 1 ? 'The criteria match more than one resource.' : `The criteria match more than ${most} resources; narrow them.`;
  throw refusal('precondition-failed', entry.index, element, message, 'multiple-matches');
}

const nothingToMatch = ({ index }: Entry): SalusError => refusal('precondition-failed', index, '.request.ifMatch', 'The criteria match no resource that could be at the version named.', 'conflict');

const condition = ({ ifMatch }: Entry): { ifMatch?: Entry['ifMatch'] } => (ifMatch === undefined ? {} : { ifMatch });
