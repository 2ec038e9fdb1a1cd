import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { checkedLookup } from './checked-lookup';
import { OutboundError } from './outbound-error';
import { type OutboundRules, publicUrlFault } from './public-url';

/** What a stranger's server may cost at most. */
const MAX_BYTES = 64 * 1024;
const MAX_MS = 5000;

export interface FetchedJson {
  value: unknown;
  /** Seconds the answer may be kept, from Cache-Control; undefined when nothing is said. */
  maxAge?: number;
}

/**
 * GETs JSON from a stranger's https address: no redirects, no compression, 64 kB and 5 s at most, and the connection
 * is made to the very address that was checked, so that a name cannot lead elsewhere meanwhile (DNS rebinding).
 */
export async function fetchJson(url: string, rules: OutboundRules): Promise<FetchedJson> {
  const fault = publicUrlFault(url, rules);
  if (fault) throw new OutboundError(`${url} ${fault}`);
  const signal = AbortSignal.timeout(MAX_MS);
  try {
    const response = await request(url, rules, signal);
    if (response.statusCode !== 200) throw new OutboundError(`answered ${response.statusCode}`);
    if (response.headers['content-encoding']) throw new OutboundError('answered compressed, which was not asked for');
    return { value: JSON.parse(await limitedText(response)) as unknown, maxAge: maxAge(response.headers['cache-control']) };
  } catch (error) {
    throw new OutboundError(signal.aborted ? `no answer within ${MAX_MS / 1000} seconds` : reason(error));
  }
}

const reason = (error: unknown): string => (error instanceof OutboundError || error instanceof SyntaxError ? error.message : 'could not be reached');

function request(url: string, rules: OutboundRules, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const headers = { accept: 'application/json', 'accept-encoding': 'identity' };
    get(url, { signal, headers, agent: false, lookup: checkedLookup(rules), ca: rules.ca }, done).on('error', failed);
  });
}

async function limitedText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) {
      response.destroy();
      throw new OutboundError('answered more than 64 kB');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function maxAge(header: string | undefined): number | undefined {
  if (/no-store|no-cache/i.test(header ?? '')) return 0;
  const match = /max-age=(\d{1,9})/i.exec(header ?? '');
  return match ? Number(match[1]) : undefined;
}
