import { type Access, forbidden, rulesFor, SalusError, type Verb } from '../../kernel';
import type { Change } from '../store';
import type { Entry, EntryMethod } from './entry';
import { ofEntry, refusal } from './entry-refusal';
import type { Ground } from './ground';
import { planWrite } from './plan-write';
import type { Step } from './step';

/** The order in which a transaction takes effect (R4 §3.1.0.11.2). */
const ORDER: Record<EntryMethod, number> = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2, GET: 3, HEAD: 3 };

/** Settles ids and conditions of all entries; what fails is told to `refuse` and left out. */
export function planSteps(entries: readonly Entry[], ground: Ground, refuse: (index: number, error: SalusError) => void): Step[] {
  const taken = new Set<string>();
  const ordered = [...entries].sort((a, b) => ORDER[a.method] - ORDER[b.method] || a.index - b.index);
  return ordered.flatMap((entry) => {
    try {
      if (entry.address.operation !== undefined) throw refusal('unsupported', entry.index, '.request.url', 'Operations are not offered within a transaction; call them in a batch, or on their own.', 'not-supported');
      const steps: Step[] = entry.method === 'GET' || entry.method === 'HEAD' ? [{ kind: 'read', entry }] : planWrite(entry, ground);
      for (const step of steps) if (step.kind === 'write') accept(step, ground, taken);
      return steps;
    } catch (error) {
      if (!(error instanceof SalusError)) throw error;
      refuse(entry.index, ofEntry(entry.index, error));
      return [];
    }
  });
}

/** What one entry decides, the following ones see. */
function accept({ entry, change }: Extract<Step, { kind: 'write' }>, ground: Ground, taken: Set<string>): void {
  const name = `${change.type}/${change.id}`;
  checkAllowed(ground.access, change);
  if (taken.has(name)) throw refusal('invalid', entry.index, '', `Another entry of the Bundle concerns ${change.type} of the same id.`, 'duplicate');
  taken.add(name);
  if (change.op === 'delete') ground.matches.deleted.add(name);
  else if (change.op !== 'patch') ground.written.add(change.type, change.id, change.resource);
}

const VERBS: Record<Change['op'], readonly Verb[]> = { create: ['c'], update: ['u', 'c'], patch: ['u'], delete: ['d'] };

/** The writer judges every resource; this names the entry where the token allows nothing of the kind. */
function checkAllowed(access: Access, { op, type }: Change): void {
  if (VERBS[op].every((verb) => rulesFor(access, type, verb).length === 0)) throw forbidden(`The token does not allow this ${op} of ${type}.`);
}
