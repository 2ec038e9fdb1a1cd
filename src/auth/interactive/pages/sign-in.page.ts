import { type Html, html } from '../../../kernel';
import { formToken } from '../form-token';
import { layout } from '../layout';
import type { WebSession } from '../sessions';

/** What the sign-in page shows and carries on. */
export interface SignInView {
  session: WebSession;
  /** Where the form goes. */
  action: string;
  /** Hidden values that lead on after sign-in. */
  carry: Record<string, string | undefined>;
  /** The app that asked for it. */
  clientName?: string;
  username?: string;
  email?: string;
  role?: string;
  /** Why the last attempt did not work. */
  problem?: string;
}

/** Staff and patients sign in on one page; patients also give the e-mail address the clinic knows. */
export function signInPage(view: SignInView): Html {
  return layout({
    title: view.problem ? 'Sign-in failed' : 'Sign in',
    content: html`
<h1>Sign in</h1>
<p class="lead">${view.clientName ? html`to continue to <strong>${view.clientName}</strong>` : 'to your clinic’s records'}</p>
${view.problem && html`<p class="notice" role="alert" id="problem">${view.problem}</p>`}
<form method="post" action="${view.action}">
${formToken(view.session)}
${Object.entries(view.carry).map(([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}">`)}
${roleField(view)}
${credentialFields(view)}
<button class="full" type="submit">Sign in</button>
</form>`,
  });
}

const option = (view: SignInView, value: string, label: string): Html =>
  html`<label><input type="radio" name="user_role" value="${value}" ${view.role === value && html`checked`}> ${label}</label>`;

const roleField = (view: SignInView): Html => html`
<fieldset>
<legend>Who is signing in?</legend>
<div class="choices">${option(view, 'api', 'Clinic staff')}${option(view, 'portal-api', 'Patient')}</div>
</fieldset>`;

const credentialFields = (view: SignInView): Html => html`
<div class="field">
<label for="username">User name</label>
<input type="text" id="username" name="username" value="${view.username}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="150" required ${view.username === undefined && html`autofocus`} ${view.problem && html`aria-describedby="problem"`}>
</div>
<div class="field">
<label for="password">Password</label>
<input type="password" id="password" name="password" autocomplete="current-password" maxlength="1000" required ${view.username !== undefined && html`autofocus`}>
</div>
<div class="field patients-only">
<label for="email">E-mail address</label>
<input type="email" id="email" name="email" value="${view.email}" autocomplete="email" maxlength="190" aria-describedby="email-hint">
<span class="hint" id="email-hint">Patients only: the address your clinic has on file.</span>
</div>`;
