import { Command } from 'commander';
import type { ImportOptions } from './import.actions';

export const importCommand = (): Command =>
  new Command('import')
    .description('Load FHIR Bundles and NDJSON, plain or gzip. A second run changes nothing.')
    .argument('<path...>', 'files or folders')
    .option('--site <key>', 'site to load into', 'default')
    .option('--json', 'print the report as JSON, and progress as JSON lines on standard error')
    .action(async (paths: string[], options: ImportOptions) => (await import('./import.actions.js')).runImport(paths, options));
