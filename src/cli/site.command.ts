import { Command } from 'commander';

const actions = () => import('./site.actions.js');

export function siteCommand(): Command {
  const site = new Command('site').description('Clinics of this server, each with its own database. SITES names them.');
  site
    .command('list')
    .description('List the sites and how they are.')
    .option('--json', 'print as JSON')
    .action(async (options) => (await actions()).listSites(options));
  site
    .command('check')
    .description('Look closely at one site: its schema, and that search indexes and history match what is stored.')
    .argument('<key>', 'site key')
    .option('--json', 'print as JSON')
    .action(async (key: string, options) => (await actions()).checkSite(key, options));
  site
    .command('create')
    .description('Create the database of a site, and bring it up to date.')
    .argument('<key>', 'site key: lower-case letters, digits and -')
    .option('--json', 'print as JSON')
    .action(async (key: string, options) => (await actions()).createSite(key, options));
  return site;
}
