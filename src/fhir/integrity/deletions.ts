import type { Tx } from '../../database';
import { type Access, type Problem, SalusError } from '../../kernel';
import { RefusedChange, type ResourceWriter } from '../store';
import { nameOf, type Named, type Referrer, referrersOf, visibleOf } from './referrers';

/** A resource that was deleted in this transaction; `cascade`: what refers to it goes as well. */
export interface Deletion extends Named {
  cascade: boolean;
}

/** What one request may delete beyond what it names. */
const MOST_CASCADED = 1000;
/** Referrers that are looked at, and those that are named. */
const MOST_SEEN = 200;
const MOST_NAMED = 10;

/** Something still refers to `target`. */
export class StillReferred extends SalusError {
  constructor(
    readonly target: string,
    problems: Problem[],
  ) {
    super('conflict', STILL_REFERRED, [...problems, { rule: 'conflict', message: STILL_REFERRED }]);
  }
}

const STILL_REFERRED = 'Other resources refer to what is to be deleted. Delete or change those first, or delete them along with _cascade=delete.';

export interface DeletionOptions {
  /** Of this site's FHIR API. */
  base: string;
  /** Referrers stored by others meanwhile count: where references to nothing are refused, they are held to it too. */
  current: boolean;
}

/**
 * Sees to it that deletions leave no link behind that leads to nothing. To be called once they are written, so that
 * what the same transaction has deleted or changed no longer refers to them. Throws `conflict` naming who still does.
 */
export async function closeLinks(tx: Tx, access: Access, writer: ResourceWriter, deletions: readonly Deletion[], options: DeletionOptions): Promise<void> {
  const cascading = new Set(deletions.filter(({ cascade }) => cascade).map(nameOf));
  let open: readonly Named[] = deletions;
  let cascaded = 0;
  while (open.length > 0) {
    const referrers = await referrersOf(tx, open, options.base, { limit: cascading.size > 0 ? MOST_CASCADED + 1 : MOST_SEEN, current: options.current });
    if (referrers.length === 0) return;
    const next = namesOf(referrers.filter(({ target }) => cascading.has(target)));
    cascaded += next.length;
    if (next.length === 0) throw await stillReferred(tx, access, referrers);
    if (cascaded > MOST_CASCADED) throw new SalusError('conflict', `More than ${MOST_CASCADED} resources would be deleted; delete part of them first.`, [{ rule: 'too-costly', message: `More than ${MOST_CASCADED} resources refer to what is to be deleted.` }]);
    await deleteAll(tx, access, writer, next, referrers);
    for (const name of next) cascading.add(nameOf(name));
    open = [...open, ...next];
  }
}

const namesOf = (referrers: readonly Referrer[]): Named[] => [...new Map(referrers.map(({ type, id }) => [`${type}/${id}`, { type, id }])).values()];

async function deleteAll(tx: Tx, access: Access, writer: ResourceWriter, names: readonly Named[], referrers: readonly Referrer[]): Promise<void> {
  try {
    await writer.apply(tx, access, names.map(({ type, id }) => ({ op: 'delete', type, id })));
  } catch (error) {
    if (!(error instanceof RefusedChange)) throw error;
    // What may not be deleted may also not be seen: it is told as any other referrer is.
    throw await stillReferred(tx, access, referrers);
  }
}

async function stillReferred(tx: Tx, access: Access, referrers: readonly Referrer[]): Promise<SalusError> {
  const visible = await visibleOf(tx, access, referrers);
  const told = [...new Map(referrers.filter((referrer) => visible.has(nameOf(referrer))).map((referrer) => [nameOf(referrer), referrer])).values()];
  const problems = told.slice(0, MOST_NAMED).map((one) => ({ rule: 'conflict', message: `${nameOf(one)} refers to ${one.target} (${one.by}).` }));
  const rest = told.length - problems.length;
  if (rest > 0) problems.push({ rule: 'conflict', message: `${rest}${referrers.length >= MOST_SEEN ? ' or more' : ''} others refer to it too.` });
  if (told.length === 0) problems.push({ rule: 'conflict', message: `Other records refer to ${referrers[0]!.target}.` });
  return new StillReferred(referrers[0]!.target, problems);
}
