import { readFileSync } from 'node:fs';

const SCHEDSTAT = `/proc/self/task/${process.pid}/schedstat`;

/**
 * Microseconds that the main thread, which serves, has been on a processor; undefined where the kernel does not say.
 * Unlike the clock it does not run while other programs have the machine.
 */
export function threadCpu(): number | undefined {
  try {
    return Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return undefined;
  }
}
