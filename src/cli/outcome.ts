import { ConfigError } from '../config';
import { log, SalusError } from '../kernel';

/** The command did what it could, but not all is well. */
export class Incomplete extends Error {
  readonly exitCode = 1;
}

export const exitCodeOf = (error: unknown): number => (error instanceof Incomplete ? 1 : 2);

/** One plain sentence for what is expected; the rest is logged with its stack. */
export function tellError(error: unknown): void {
  if (error instanceof SalusError || error instanceof ConfigError || error instanceof Incomplete) {
    const problems = error instanceof SalusError ? error.problems.map((problem) => `  ${problem.path ?? ''}: ${problem.message}`) : [];
    process.stderr.write(`${[error.message, ...problems].filter(Boolean).join('\n')}\n`);
    return;
  }
  const code = (error as { code?: string } | null)?.code;
  if (code === 'ECONNREFUSED') process.stderr.write('The database does not answer; see DATABASE_URL.\n');
  else log.fatal({ err: error }, 'the command failed');
}
