import { Command, InvalidArgumentError } from 'commander';
import type { DemoOptions } from './demo.actions';

export const demoCommand = (): Command =>
  new Command('demo')
    .description('Fill the first site with the demo clinic and its logins. What is there already is kept.')
    .option('--patients <n>', 'how many patients', count, 25)
    .option('--reset', 'start over: removes the data of the embedded database')
    .option('--serve', 'serve it afterwards')
    .option('--json', 'print what was made as JSON')
    .action(async (options: DemoOptions) => (await import('./demo.actions.js')).runDemo(options));

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text) || text === '0') throw new InvalidArgumentError('Give a number of patients from 1 to 999999.');
  return Number(text);
}
