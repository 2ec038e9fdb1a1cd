import { Command, InvalidArgumentError } from 'commander';
import type { ExportOptions } from './export.actions';

export const exportCommand = (): Command =>
  new Command('export')
    .description('Write all resources as NDJSON, a file per type.')
    .argument('<folder>', 'folder to write to; made if missing')
    .option('--site <key>', 'site to read from', 'default')
    .option('--type <types...>', 'only these resource types')
    .option('--since <instant>', 'only what changed since', instantOf)
    .option('--gzip', 'compress the files')
    .option('--json', 'print the counts as JSON')
    .action(async (folder: string, options: ExportOptions) => (await import('./export.actions.js')).runExport(folder, options));

function instantOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('Give an instant such as 2026-01-31T00:00:00Z.');
  return time;
}
