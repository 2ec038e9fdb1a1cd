import autocannon from 'autocannon';
import type { BenchSettings } from './settings';
import { threadCpu } from './thread-cpu';

/** Something that can be put under load: one server, and paths that are asked for in turn. */
export interface Target {
  url: string;
  paths: readonly string[];
  token: string;
  headers?: Record<string, string>;
}

export interface Load {
  /** Requests per second. */
  rate: number;
  /** Microseconds of the serving thread's processor per request, where that is known. */
  cpu?: number;
}

/** What `target` answers while its connections are kept busy. Any failed request fails the run. */
export async function underLoad(target: Target, { connections, seconds }: BenchSettings): Promise<Load> {
  const before = threadCpu();
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    // In a thread of its own: what the client costs is not to be counted as the server's.
    workers: 1,
    headers: { authorization: `Bearer ${target.token}`, ...target.headers },
    requests: target.paths.map((path) => ({ path })),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0 || result['2xx'] === 0) throw new Error(`${failed} of ${failed + result['2xx']} requests to ${target.url}${target.paths[0]} failed.`);
  const after = threadCpu();
  return { rate: result['2xx'] / result.duration, ...(before !== undefined && after !== undefined && { cpu: (after - before) / result['2xx'] }) };
}

/** Enough for the engine to have compiled what it is going to compile. */
const WARM = 3000;
const PATIENCE_MS = 8000;

/** Puts each target under load in turn until all are warm: code that has run a hundred times costs several times what it will. */
export async function warmUp(targets: readonly Target[], settings: BenchSettings): Promise<void> {
  for (const target of targets) {
    const started = performance.now();
    for (let answered = 0; answered < WARM && performance.now() - started < PATIENCE_MS; ) answered += (await underLoad(target, settings)).rate * settings.seconds;
  }
}
