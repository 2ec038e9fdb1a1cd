import { type Config, siteUrls } from '../../config';
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
    firstCall(urls),
  ].join('\n');
}

function firstCall({ oauth, api }: ReturnType<typeof siteUrls>): string {
  return [
    `  CLIENT=$(curl -sk -X POST ${oauth}/registration -H 'Content-Type: application/json' -d '{"application_type":"private","client_name":"First call","redirect_uris":["https://localhost/callback"],"scope":"openid api:oemr api:fhir user/patient.read user/Patient.read"}')`,
    `  ID=$(echo "$CLIENT" | sed 's/.*"client_id":"\\([^"]*\\)".*/\\1/'); SECRET=$(echo "$CLIENT" | sed 's/.*"client_secret":"\\([^"]*\\)".*/\\1/')`,
    `  TOKEN=$(curl -sk ${oauth}/token -d grant_type=password -d user_role=users -d username=admin -d password=pass -d client_id=$ID -d client_secret=$SECRET --data-urlencode 'scope=openid api:oemr api:fhir user/patient.read user/Patient.read' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `  curl -sk ${api}/patient -H "Authorization: Bearer $TOKEN"`,
  ].join('\n');
}
