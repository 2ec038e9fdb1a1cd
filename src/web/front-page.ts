import { type Config, siteUrls } from '../config';
import { type Html, html } from '../kernel';

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
<p>Then register an app, sign in, and read:</p>
<p><code>curl -k -X POST ${first.oauth}/registration -H 'Content-Type: application/json' -d '{"application_type":"private","redirect_uris":["https://localhost/callback"],"client_name":"My app","scope":"openid api:fhir user/Patient.rs"}'</code></p>
<h2 class="aside">Where things are</h2>
<ul>
<li><a href="/swagger/">API explorer</a>: every route of the three APIs, with sign-in</li>
<li><a href="/swagger/openapi.json">OpenAPI document</a></li>
${sites.map(({ site }) => siteLinks(config, site))}
<li><a href="/health/ready">Health</a></li>
</ul>`;
}

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
