import { Command, CommanderError } from 'commander';
import { clientCommand } from './client.command';
import { demoCommand } from './demo.command';
import { doctorCommand } from './doctor.command';
import { exportCommand } from './export.command';
import { importCommand } from './import.command';
import { migrateCommand } from './migrate.command';
import { siteCommand } from './site.command';
import { userCommand } from './user.command';

/**
 * Runs `salus <verb> …` and returns its exit code. 0: done; 1: done in part, or something is wrong; 2: not
 * understood, or failed. Commands are described here and loaded when they are called, so that help is there at once.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { exitCodeOf, tellError } = await import('./outcome.js');
    tellError(error);
    return exitCodeOf(error);
  }
}

function program(): Command {
  const salus = new Command('salus').description('Runs and feeds a Salus server.').version('0.1.0').exitOverride().showHelpAfterError('(add --help for what is possible)');
  for (const command of [importCommand(), exportCommand(), siteCommand(), userCommand(), clientCommand(), migrateCommand(), doctorCommand(), demoCommand()]) {
    salus.addCommand(withExits(command));
  }
  return salus;
}

/** Sub-commands do not inherit how errors leave. */
function withExits(command: Command): Command {
  command.exitOverride();
  for (const sub of command.commands) withExits(sub);
  return command;
}
