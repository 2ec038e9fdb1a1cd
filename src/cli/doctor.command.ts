import { Command } from 'commander';

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('Look whether this server can work: settings, databases, queue, disk, certificate, clock.')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => (await import('./doctor.actions.js')).runDoctor(options));
