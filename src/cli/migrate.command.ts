import { Command } from 'commander';
import type { MigrateOptions } from './migrate.actions';

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('Bring the database of every site up to date.')
    .option('--check', 'also fail where the schema differs from what the code expects')
    .option('--reindex', 'also make the search indexes anew from what is stored')
    .option('--json', 'print as JSON')
    .action(async (options: MigrateOptions) => (await import('./migrate.actions.js')).runMigrate(options));
