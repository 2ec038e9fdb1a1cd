import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { AuthorizationCodes } from '../tokens/authorization-codes';
import type { LaunchDetails } from '../tokens/grant';
import type { Agreement } from './agreement';
import { answerUrl } from './authorization-request';
import { AuthorizeRefused } from './authorize-refused';
import { Refusal } from './checks/refusal';
import { Interactions } from './interactions';
import { type LaunchContext, Launches } from './launches';
import { needsPatient } from './scope-needs';

/** Turns what a person agreed to into a code. */
@Injectable()
export class Answers {
  constructor(
    private readonly db: Db,
    private readonly interactions: Interactions,
    private readonly launches: Launches,
    private readonly codes: AuthorizationCodes,
  ) {}

  /** The client's address with a code for `scopes`. One request gets one answer, one launch one code. */
  async grant(agreement: Agreement, scopes: string[]): Promise<string> {
    const { request } = agreement.interaction;
    await this.useUp(agreement);
    const code = await this.codes.issue({
      client: agreement.client,
      account: agreement.session.account,
      redirectUri: request.redirectUri,
      redirectUriGiven: request.redirectUriGiven,
      codeChallenge: request.codeChallenge,
      scopes,
      nonce: request.nonce,
      authTime: Math.floor(agreement.session.authTime / 1000),
      // Access that was granted to outlast the session does not end with it.
      sessionId: scopes.includes('offline_access') ? undefined : agreement.session.id,
      ...contextOf(agreement, scopes),
    });
    return answerUrl(request, { code });
  }

  private async useUp({ interaction }: Agreement): Promise<void> {
    const { handle, request } = interaction;
    const first = await this.db.transaction(async (tx) => {
      const answered = await this.interactions.close(tx, handle);
      return answered && (!request.launch || (await this.launches.consume(tx, request.launch.id)));
    });
    if (!first) throw new AuthorizeRefused(new Refusal('invalid_request', 'This request or its launch was answered before.'), request);
  }
}

/** Patient, visit and the rest of the launch, as far as the granted scopes tell the app of them. */
function contextOf({ interaction: { request }, session, patient }: Agreement, scopes: string[]) {
  const launch = scopes.includes('launch') ? request.launch?.context : undefined;
  const bound = session.account.kind === 'patient' || launch !== undefined || needsPatient(scopes);
  return { patient: bound ? patient : undefined, encounter: launch?.encounter, launch: detailsOf(launch) };
}

/** In an EHR launch the chart around the app shows who the patient is. */
function detailsOf(launch: LaunchContext | undefined): LaunchDetails {
  if (!launch) return { needPatientBanner: true };
  const { intent, appointment } = launch;
  return {
    needPatientBanner: false,
    ...(intent && { intent }),
    ...(appointment && { fhirContext: [{ reference: `Appointment/${appointment}`, type: 'Appointment' }] }),
  };
}
