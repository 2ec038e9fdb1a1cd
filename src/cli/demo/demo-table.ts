import { type Config, siteUrls } from '../../config';
import { firstCall } from '../../web';
import { table } from '../output';
import type { Demo } from './fill-demo';

/** What a newcomer needs next: addresses, logins, and a first call that works as pasted. */
export function demoTable(config: Config, site: string, demo: Demo): string {
  const urls = siteUrls(config, site);
  const { created, unchanged } = demo.report;
  return [
    `The demo clinic is in place (${created} resources new, ${unchanged} kept).`,
    '',
    table([
      ['Front page', config.BASE_URL],
      ['API explorer', `${config.BASE_URL}/swagger/`],
      ['FHIR R4', urls.fhir],
      ['Standard API', urls.api],
      ['Portal API', urls.portal],
      ['OAuth2', urls.oauth],
      ['', ''],
      ...demo.staff.map(({ username, password, role }) => [`Login (${role})`, `${username} / ${password}`]),
      ['Login (patient portal)', `${demo.portal.username} / ${demo.portal.password} / ${demo.portal.email}`],
    ]),
    '',
    'A first call:',
    `  curl -k ${urls.fhir}/metadata`,
    'Register an app, sign in with the password grant (demo only) and read patients:',
    ...firstCall(urls).map((line) => `  ${line}`),
  ].join('\n');
}
