import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { clientCommand } from './cli/client.command';
import { demoCommand } from './cli/demo.command';
import { doctorCommand } from './cli/doctor.command';
import { exportCommand } from './cli/export.command';
import { importCommand } from './cli/import.command';
import { migrateCommand } from './cli/migrate.command';
import { exitCodeOf, tellError } from './cli/outcome';
import { siteCommand } from './cli/site.command';
import { userCommand } from './cli/user.command';

/** `salus <verb>`. Exit code 0: done; 1: done in part, or something is wrong; 2: not understood, or failed. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('salus')
    .description('Runs and feeds a Salus server.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(add --help for what is possible)');
  for (const command of [importCommand(), exportCommand(), siteCommand(), userCommand(), clientCommand(), migrateCommand(), doctorCommand(), demoCommand()]) {
    program.addCommand(withExits(command));
  }
  await program.parseAsync([...argv]);
}

/** Sub-commands do not inherit how errors leave. */
function withExits(command: Command): Command {
  command.exitOverride();
  for (const sub of command.commands) withExits(sub);
  return command;
}

main(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  tellError(error);
  process.exitCode = exitCodeOf(error);
});
