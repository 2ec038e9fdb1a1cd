import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkedLookup } from './checked-lookup';
import { OutboundError } from './outbound-error';
import { type OutboundRules, publicUrlFault } from './public-url';

export interface Posting {
  url: string;
  body: Buffer;
  headers: Record<string, string>;
  timeoutMs: number;
  rules: OutboundRules;
}

/**
 * POSTs to a stranger's address and returns the status it answers. No redirects, and nothing of the answer is read:
 * what it says is no business of ours. Throws OutboundError where there is no answer.
 */
export async function postJson({ url, body, headers, timeoutMs, rules }: Posting): Promise<number> {
  const fault = publicUrlFault(url, rules);
  if (fault) throw new OutboundError(`the address ${fault}`);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await send(new URL(url), body, { signal, headers: { ...headers, 'content-length': String(body.length) }, agent: false, lookup: checkedLookup(rules), ca: rules.ca });
    answer.destroy();
    return answer.statusCode ?? 0;
  } catch (error) {
    if (signal.aborted) throw new OutboundError(`no answer within ${timeoutMs / 1000} seconds`);
    throw error instanceof OutboundError ? error : new OutboundError('could not be reached');
  }
}

type Options = Parameters<typeof httpsRequest>[1] & object;

function send(url: URL, body: Buffer, options: Options): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request: ClientRequest = open(url, { ...options, method: 'POST' }, done);
    request.on('error', failed).end(body);
  });
}
