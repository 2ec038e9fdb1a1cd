import { Injectable } from '@nestjs/common';
import { context } from '../../kernel';
import type { Account } from '../accounts/account';
import { aclAllows } from '../acl/groups';
import { ClientStore } from '../clients/client.store';
import { Grants } from '../clients/grants';
import type { OAuthClient } from '../clients/oauth-client';
import type { Agreement } from './agreement';
import { Answers } from './answers';
import { AuthorizeRefused } from './authorize-refused';
import { type AuthorizeError, Refusal } from './checks/refusal';
import { Consents } from './consents';
import type { Interaction } from './interactions';
import { noteActor } from './note-actor';
import { needsPatient } from './scope-needs';
import { isSignedIn, type WebSession } from './sessions';

/** What an authorization request needs next. */
export type Step = { page: 'sign-in' } | { page: 'patient'; client: OAuthClient } | { page: 'consent'; agreement: Agreement } | { page: 'answer'; location: string };

/** The way from a checked request to its answer: sign-in, patient choice, consent, code. Decided afresh at every page. */
@Injectable()
export class Flow {
  constructor(
    private readonly clients: ClientStore,
    private readonly grants: Grants,
    private readonly consents: Consents,
    private readonly answers: Answers,
  ) {}

  async next(interaction: Interaction, session: WebSession | undefined): Promise<Step> {
    const { request } = interaction;
    if (!isSignedIn(session) || session.authTime < (request.freshAfter ?? 0)) {
      if (request.silent) throw refused(interaction, 'login_required', 'Nobody is signed in.');
      return { page: 'sign-in' };
    }
    const client = await this.clientOf(interaction);
    noteActor(session.account, client.clientId);
    this.assertLaunchIsTheirs(interaction, session.account);
    const scopes = this.grantable(interaction, client, session.account);
    const patient = patientOf(interaction, session.account);
    if (patient === undefined && needsPatient(scopes)) return this.patientStep(interaction, session.account, client);
    if (patient !== undefined) context().audit.patient = patient;
    return this.consentStep({ interaction, session, client, scopes, ...(patient !== undefined && { patient }) });
  }

  private async clientOf(interaction: Interaction): Promise<OAuthClient> {
    const client = await this.clients.find(interaction.request.clientId);
    if (!client?.enabled) throw refused(interaction, 'unauthorized_client', 'The app was disabled in the meantime.');
    return client;
  }

  private assertLaunchIsTheirs(interaction: Interaction, account: Account): void {
    const owner = interaction.request.launch?.account;
    if (owner && (owner.kind !== account.kind || owner.id !== account.id)) {
      throw refused(interaction, 'invalid_request', 'The launch belongs to another person. Open the app from the patient’s record again.');
    }
  }

  private grantable(interaction: Interaction, client: OAuthClient, account: Account): string[] {
    const scopes = this.grants.grantableScopes(client, account, interaction.request.scopes);
    if (scopes.length === 0) throw refused(interaction, 'invalid_scope', 'None of the requested scopes can be granted by this person.');
    return scopes;
  }

  private patientStep(interaction: Interaction, account: Account, client: OAuthClient): Step {
    if (!mayChoosePatients(account)) throw refused(interaction, 'access_denied', 'This person may not look up patients.');
    if (interaction.request.silent) throw refused(interaction, 'interaction_required', 'A patient has to be chosen.');
    return { page: 'patient', client };
  }

  private async consentStep(agreement: Agreement): Promise<Step> {
    if (await this.mayPass(agreement)) return { page: 'answer', location: await this.answers.grant(agreement, agreement.scopes) };
    if (agreement.interaction.request.silent) throw refused(agreement.interaction, 'consent_required', 'The person has to consent first.');
    return { page: 'consent', agreement };
  }

  /** Without the page: an app trusted to skip it from the chart, or one that this person trusts with these scopes. */
  private async mayPass({ interaction: { request }, client, session, scopes }: Agreement): Promise<boolean> {
    if (request.askConsent) return false;
    if (request.launch && client.skipEhrLaunchAuthorizationFlow) return true;
    // Anyone on the device can pose as a public client at a private scheme or loopback port (RFC 8252 §8.6).
    const proven = client.confidential || request.redirectUri.startsWith('https:');
    return proven && this.consents.isRemembered(session.account, client.clientId, scopes);
  }
}

export const refused = (interaction: Interaction, code: AuthorizeError, message: string) => new AuthorizeRefused(new Refusal(code, message), interaction.request);

export const mayChoosePatients = (account: Account): boolean => account.kind === 'users' && aclAllows(account.group, 'patients/demo');

/** A patient is bound to their own record, staff to what the chart showed or what they picked. */
const patientOf = ({ request, patient }: Interaction, account: Account): string | undefined =>
  account.kind === 'patient' ? account.patient : (request.launch?.context.patient ?? patient);
