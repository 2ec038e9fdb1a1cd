import { type Config, siteUrls } from '../config';
import { type Html, html } from '../kernel';
import { firstCall } from './first-call';

export interface SiteState {
  site: string;
  up: boolean;
}

/** The content of `/`. */
export function frontPage(config: Config, sites: readonly SiteState[]): Html {
  const first = siteUrls(config, sites[0]!.site);
  return html`
<h1>Salus, an open EHR API platform</h1>
<p class="lead">OpenEMR’s standard and patient-portal APIs, OAuth2 with SMART App Launch, and FHIR R4 with Bulk Data export, over one store.</p>
<dl class="facts">${sites.map(({ site, up }) => html`<dt>Site ${site}</dt><dd>${up ? 'ready' : 'database not reachable'}</dd>`)}</dl>
<h2>Try it</h2>
<p>The first call needs no token:</p>
<p><code>curl -k ${first.fhir}/metadata</code></p>
${withToken(config, first)}
<h2 class="aside">Where things are</h2>
<ul>
<li><a href="/swagger/">API explorer</a>: every route of the three APIs, with sign-in</li>
<li><a href="/swagger/openapi.json">OpenAPI document</a></li>
${sites.map(({ site }) => siteLinks(config, site))}
<li><a href="/health/ready">Health</a></li>
</ul>`;
}

/** With the password grant the whole way fits into a terminal; without it an app is registered and signs its user in. */
function withToken(config: Config, urls: ReturnType<typeof siteUrls>): Html {
  if (config.OAUTH_PASSWORD_GRANT === 'users' || config.OAUTH_PASSWORD_GRANT === 'both') {
    return html`<p>Register an app, sign in and read patients (the demo’s administrator, by the password grant):</p><pre><code>${firstCall(urls).join('\n')}</code></pre>`;
  }
  return html`<p>Register an app; it then sends its users to <code>${urls.oauth}/authorize</code> (PKCE, S256):</p><pre><code>${registration(urls)}</code></pre>`;
}

const registration = ({ oauth }: ReturnType<typeof siteUrls>): string =>
  `curl -k -X POST ${oauth}/registration -H 'Content-Type: application/json' -d '{"application_type":"private","redirect_uris":["https://localhost/callback"],"client_name":"My app","scope":"openid api:fhir user/Patient.rs"}'`;

function siteLinks(config: Config, site: string): Html {
  const urls = siteUrls(config, site);
  const path = (url: string) => url.slice(config.BASE_URL.length);
  return html`
<li>Site ${site}:
 <a href="${path(urls.fhir)}/metadata">FHIR CapabilityStatement</a>,
 <a href="${path(urls.fhir)}/.well-known/smart-configuration">SMART configuration</a>,
 <a href="${path(urls.oauth)}/.well-known/openid-configuration">OpenID configuration</a>,
 <a href="${path(urls.oauth)}/jwk">signing keys</a>,
 <a href="${path(urls.api)}/version">standard API version</a></li>`;
}
