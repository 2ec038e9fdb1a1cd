import { type FhirResource, parseJson } from '#libs/fhir';
import { isSubscribersRule } from '../../auth';
import { type Access, conflict, notFound, rulesFor, SalusError, type Verb } from '../../kernel';
import { authoriseContent, reachesCurrent } from './authorise';
import { type Change, isLive, type Item } from './change';
import type { Current } from './current';

/**
 * What a change comes to, or why it is refused: `forbidden`, `not-found`, `conflict`, `precondition-failed`, or what
 * an edit throws. Nothing said of a stored resource differs from what is said of none, unless the caller reaches it.
 */
export function judgeChange(access: Access, change: Change, current: Current | undefined): Item {
  const item: Item = { type: change.type, id: change.id, ...(current && { current }) };
  if (change.op === 'create' && isLive(current)) throw conflict(`${change.type}/${change.id} exists already.`);
  const verb = verbOf(access, change, current);
  if (!reachesCurrent(access, verb, item) || isHidden(access, change, current)) return unreached(change);
  checkPresence(change, current);
  checkVersion(change, current);
  const resource = contentOf(change, current);
  if (!resource) return item;
  authoriseContent(access, verb, item, resource);
  return { ...item, resource };
}

/** Updating what is not there creates it, and needs the right to. */
function verbOf(access: Access, { op, type }: Change, current: Current | undefined): Verb {
  if (op === 'delete') return 'd';
  return op === 'patch' || (op === 'update' && (isLive(current) || isConfined(access, type))) ? 'u' : 'c';
}

/**
 * What is not there, or no more, has no content that could be someone's. Whoever is confined to one patient creates
 * by POST alone and learns of no deletion: the ids that are taken, or were, would tell of the others.
 */
const isHidden = (access: Access, { op, type }: Change, current: Current | undefined): boolean =>
  (op === 'update' || op === 'delete') && !isLive(current) && isConfined(access, type);

const isConfined = (access: Access, type: string): boolean => [...rulesFor(access, type, 'c'), ...rulesFor(access, type, 'u'), ...rulesFor(access, type, 'd')].every((rule) => rule.patient || isSubscribersRule(rule));

/** As if nothing were there: then `If-Match` would have failed, and there would be nothing to delete. */
function unreached(change: Change): Item {
  if (change.op !== 'patch' && 'ifMatch' in change && change.ifMatch !== undefined) throw otherVersion();
  if (change.op === 'delete') return { type: change.type, id: change.id };
  throw notFound(`${change.type}/${change.id}`);
}

function checkPresence(change: Change, current: Current | undefined): void {
  const needed = change.op === 'patch' || (change.op === 'update' && change.mustExist);
  if (needed && !isLive(current)) throw notFound(`${change.type}/${change.id}`);
  if (change.op === 'update' && change.mustBeNew && isLive(current)) throw new SalusError('precondition-failed', 'The resource exists already; If-None-Match: * only creates.');
}

/** `If-Match` (RFC 9110 §13.1.1). */
function checkVersion(change: Change, current: Current | undefined): void {
  if (change.op === 'create' || change.ifMatch === undefined) return;
  if (!isLive(current) || (change.ifMatch !== '*' && current.version !== change.ifMatch)) throw otherVersion();
}

const otherVersion = (): SalusError => new SalusError('precondition-failed', 'The resource is not at the version named in If-Match; read it again.');

function contentOf(change: Change, current: Current | undefined): FhirResource | undefined {
  if (change.op === 'delete') return undefined;
  return change.op === 'patch' ? change.edit(parseJson(current!.body.toString()) as FhirResource) : change.resource;
}
