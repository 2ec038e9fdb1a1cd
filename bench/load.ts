import autocannon from 'autocannon';
import type { BenchSettings } from './settings';

/** Something that can be put under load: one server, and paths that are asked for in turn. */
export interface Target {
  url: string;
  paths: readonly string[];
  token: string;
}

/** Requests per second that `target` answers while its connections are kept busy. Any failed request fails the run. */
export async function throughput(target: Target, { connections, seconds }: BenchSettings): Promise<number> {
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    // In a thread of its own: what the client costs is not to be counted as the server's.
    workers: 1,
    headers: { authorization: `Bearer ${target.token}` },
    requests: target.paths.map((path) => ({ path })),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0 || result['2xx'] === 0) throw new Error(`${failed} of ${failed + result['2xx']} requests to ${target.url}${target.paths[0]} failed.`);
  return result['2xx'] / result.duration;
}
