import { type Answer, type TwoWorlds, type World, WORLDS } from './two-worlds';

/** Headers that tell of the moment, not of the data. */
const MOMENTARY = new Set(['date', 'x-request-id', 'keep-alive', 'connection', 'content-length']);

/**
 * The answer without what differs from request to request and from site to site: request ids, the moment, the site's
 * name, sealed page links (followed instead) and the number within the id of a derived Provenance.
 */
export function comparable(worlds: TwoWorlds, world: World, answer: Answer): string {
  const headers = Object.entries(answer.headers).filter(([name]) => !MOMENTARY.has(name)).sort();
  return plain(JSON.stringify([answer.status, headers, answer.text]).replaceAll(worlds.base(world), '<base>').replaceAll(`/apis/${WORLDS[world]}/`, '/apis/<site>/').replaceAll(`the site ${WORLDS[world]}`, 'the site <site>'));
}

const plain = (text: string): string => text
  .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
  .replace(/\bh-\d+-(\d+)\b/g, 'h-<key>-$1')
  .replace(/([?&]_cursor=)[\w.%~-]+/g, '$1<cursor>')
  .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<instant>');
