import { runCli } from './cli/run-cli';

// Until the command has answered: a process that runs out of work before that has failed.
process.exitCode = 2;

void runCli(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
