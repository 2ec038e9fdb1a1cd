import { type Html, html } from '../../../kernel';
import type { Account } from '../../accounts/account';
import type { OAuthClient } from '../../clients/oauth-client';
import { describe, describePart } from '../consent/describe';
import { type GroupKey, type ScopeGroup, scopeGroups } from '../consent/groups';
import type { Offer } from '../consent/offers';
import { formToken } from '../form-token';
import { layout } from '../layout';
import type { SignedIn } from '../sessions';

/** What the consent page shows. */
export interface ConsentView {
  session: SignedIn;
  handle: string;
  action: string;
  /** Where another person can sign in for the same request. */
  switchTo: string;
  client: OAuthClient;
  /** Where the answer goes. */
  redirectUri: string;
  scopes: readonly string[];
  /** Whose record is open to the app, by name. */
  patientName?: string;
  /** Until when the app stays connected if it is never used again. */
  offlineUntil: Date;
}

/** A person decides, scope by scope, what an app may do. */
export function consentPage(view: ConsentView): Html {
  const { client, session, handle } = view;
  return layout({
    title: `Allow ${client.name}?`,
    wide: true,
    content: html`
<h1>${client.name} asks for access</h1>
<p class="lead">It can see what is ticked below, and change things only where it says so. Untick whatever you do not want to share.</p>
${facts(view)}
<form method="post" action="${view.action}">
${formToken(session)}
<input type="hidden" name="interaction" value="${handle}">
${scopeGroups(view.scopes).map((group) => groupField(group, view))}
<label class="remember"><input type="checkbox" name="persist_login" value="1"><span>Do not ask me again for this app</span></label>
<div class="actions">
<button type="submit" name="proceed" value="1">Authorize</button>
<button type="submit" name="deny" value="1" class="quiet">Deny</button>
</div>
</form>
${aside(view)}`,
  });
}

const facts = ({ redirectUri, session: { account }, patientName }: ConsentView): Html => html`
<dl class="facts">
<dt>Signed in as</dt><dd>${account.displayName} (${accountWord(account)})</dd>
${patientName && html`<dt>Record of</dt><dd>${patientName}</dd>`}
<dt>Leads back to</dt><dd>${destination(redirectUri)}</dd>
</dl>`;

/** Where the answer goes, in the words of the browser’s address bar. */
const destination = (uri: string): string => (/^https?:/.test(uri) && !isThisDevice(uri) ? new URL(uri).host : 'an app on this device');

const isThisDevice = (uri: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(uri).hostname);

const accountWord = ({ kind }: Account): string => (kind === 'patient' ? 'patient' : 'staff');

const HEADINGS: Record<GroupKey, readonly [title: string, about: string]> = {
  patient: ['Health record', ''],
  portal: ['Patient portal', 'Through the portal’s own interface.'],
  user: ['Records that you may see', 'Of every patient you have access to, not more than your own rights.'],
  clinic: ['Clinic data', 'Through the clinic’s own interface, not more than your own rights.'],
  identity: ['About you', 'Who you are, as the clinic knows you.'],
  connection: ['Connection', 'How the app works with this server.'],
};

function groupField({ key, offers }: ScopeGroup, view: ConsentView): Html {
  const [title, about] = HEADINGS[key];
  const line = key === 'patient' && view.patientName ? `The record of ${view.patientName} only.` : about;
  return html`
<fieldset class="scopes">
<legend>${title}</legend>
${line && html`<p class="hint">${line}</p>`}
<ul>
${offers.map((offer) => offerItem(offer, view))}
</ul>
</fieldset>`;
}

function offerItem(offer: Offer, view: ConsentView): Html {
  const { title, about, changes } = describe(offer.scope);
  const note = offer.value === 'offline_access' ? offlineNote(view.offlineUntil) : about;
  return html`<li class="${changes ? 'may-change' : 'read-only'}"><label><input type="checkbox" name="scope" value="${offer.value}" checked><span>${title}${note && html` <small>${note}</small>`}</span></label>${partChoices(offer, title)}</li>
`;
}

/** Sub-choices start unticked: whoever passes them by shares the whole type, as the app asked. */
const partChoices = (offer: Offer, title: string): Html | false =>
  offer.parts.length > 0 && html`
<div class="parts" role="group" aria-label="${`${title}: share only some`}">
<p class="hint">Or share only some of it:</p>
<ul>
${offer.parts.map((part) => html`<li><label><input type="checkbox" name="scope" value="${part.value}"><span>${describePart(part.scope)}</span></label></li>
`)}</ul>
</div>`;

const offlineNote = (until: Date): string =>
  `The app keeps its access without you, until ${longDate(until)}, and longer each time it is used. You can end it at any time.`;

const longDate = (date: Date): string => date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

const aside = ({ session, switchTo, client }: ConsentView): Html => html`
<div class="aside">
<p>Not ${session.account.displayName}? <a href="${switchTo}">Use another account</a></p>
${(client.policyUri || client.tosUri) && html`<p>${client.policyUri && webLink(client.policyUri, 'Privacy policy')} ${client.tosUri && webLink(client.tosUri, 'Terms of use')} of ${client.name}</p>`}
</div>`;

/** Registered addresses are the app's own words: only web addresses become links. */
const webLink = (uri: string, label: string): Html | false =>
  /^https?:\/\//i.test(uri) && html`<a href="${uri}" target="_blank" rel="noopener noreferrer">${label} (new window)</a>`;
