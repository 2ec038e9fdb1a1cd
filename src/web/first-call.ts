import type { siteUrls } from '../config';

/** Shell lines that register an app, sign in as the demo's administrator by the password grant, and read patients. */
export function firstCall({ oauth, api }: ReturnType<typeof siteUrls>): string[] {
  return [
    `CLIENT=$(curl -sk -X POST ${oauth}/registration -H 'Content-Type: application/json' -d '{"application_type":"private","client_name":"First call","redirect_uris":["https://localhost/callback"],"scope":"openid api:oemr api:fhir user/patient.read user/Patient.read"}')`,
    `ID=$(echo "$CLIENT" | sed 's/.*"client_id":"\\([^"]*\\)".*/\\1/'); SECRET=$(echo "$CLIENT" | sed 's/.*"client_secret":"\\([^"]*\\)".*/\\1/')`,
    `TOKEN=$(curl -sk ${oauth}/token -d grant_type=password -d user_role=users -d username=admin -d password=pass -d client_id=$ID -d client_secret=$SECRET --data-urlencode 'scope=openid api:oemr api:fhir user/patient.read user/Patient.read' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -sk ${api}/patient -H "Authorization: Bearer $TOKEN"`,
  ];
}
