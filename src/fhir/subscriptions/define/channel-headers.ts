import { refused } from '../match/criteria';

/** What the resource shows instead of a header's value; sent back, it means: as before. */
export const MASK = '********';

const MOST = 20;
const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):[ \t]*([\x20-\x7e\t]{0,4000})$/;

/** Those that make the request what it is, and our own. */
const RESERVED = /^(host|content-length|content-type|transfer-encoding|connection|upgrade|te|trailer|expect|cookie|proxy-.*|x-salus-.*)$/;

export interface ChannelHeaders {
  /** Names in lower case; sent along, never shown. */
  values: Record<string, string>;
  /** What the resource says. */
  shown: string[];
}

/** `channel.header` may hold credentials of the receiver: values are kept apart from the resource. */
export function readHeaders(lines: readonly string[] = [], kept: Record<string, string> = {}): ChannelHeaders {
  if (lines.length > MOST) throw refused('Subscription.channel.header', `At most ${MOST} headers are sent.`);
  const values: Record<string, string> = {};
  const shown = lines.map((line) => {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw refused('Subscription.channel.header', 'A header is written “Name: value”, on one line.');
    const key = name.toLowerCase();
    if (RESERVED.test(key)) throw refused('Subscription.channel.header', `The header ${name} is not yours to set.`);
    values[key] = value === MASK ? (Object.hasOwn(kept, key) ? kept[key]! : '') : value;
    return `${name}: ${MASK}`;
  });
  return { values, shown };
}
