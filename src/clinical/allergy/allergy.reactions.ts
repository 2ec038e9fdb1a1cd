import { type FhirResource, reading } from '#libs/fhir';
import { reactionOf } from '#libs/terminology';
import { codingsOf, type Given, type IssueRow, givenOf, readCodings } from '../issue';

const { text, list, concept, codings } = reading;

/** One reaction for each stored code: how they belong together is for the resource to say, since no route edits them. */
export const reactionsOf = (row: IssueRow): unknown[] => codingsOf(row.reaction_codes, givenOf(row)).map((coding) => ({ manifestation: [{ coding: [coding] }] }));

/** `reaction` (an option of the list, where one fits), all codes, and the names people read. */
export function readReactions(resource: FhirResource): { columns: Pick<IssueRow, 'reaction' | 'reaction_codes'>; given: Pick<Given, 'codings' | 'reactions'> } {
  const manifestations = list(resource.reaction).flatMap((reaction) => list(reaction.manifestation));
  const { codes, codings: kept } = readCodings(manifestations.flatMap(codings), Number.POSITIVE_INFINITY);
  const names = manifestations.flatMap((one) => text(concept(one).text) ?? codings(one).find((coding) => coding.display)?.display ?? []);
  return {
    columns: { reaction: reactionOf(codes), reaction_codes: codes.join(';') || null },
    given: { codings: kept, ...(names.length > 0 && { reactions: [...new Set(names)].join(', ') }) },
  };
}
