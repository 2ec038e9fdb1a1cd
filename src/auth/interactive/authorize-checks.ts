import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { clock, context, currentSite } from '../../kernel';
import { ClientStore } from '../clients/client.store';
import type { OAuthClient } from '../clients/oauth-client';
import { Grants } from '../clients/grants';
import { OAuthError } from '../oauth/oauth-error';
import type { AuthorizationRequest } from './authorization-request';
import { type AuthorizeParams, type RawParams, readParams } from './authorize-params';
import { AuthorizeRefused } from './authorize-refused';
import { type Audiences, checkAud } from './checks/check-aud';
import { checkClient } from './checks/check-client';
import { duplicatedParams } from './checks/check-duplicates';
import { checkLaunch } from './checks/check-launch';
import { checkPkce } from './checks/check-pkce';
import { checkPrompt } from './checks/check-prompt';
import { checkRedirectUri } from './checks/check-redirect-uri';
import { checkRequestObject } from './checks/check-request-object';
import { checkResponseType } from './checks/check-response-type';
import { checkScope } from './checks/check-scope';
import { checkSizes, stateTooLong } from './checks/check-sizes';
import { Refusal } from './checks/refusal';
import { Launches } from './launches';

/** Before sign-in: staff may be granted whatever a patient may, and more. */
const ANYONE = { kind: 'users' } as const;

/** Judges authorization requests. Two stages: before the redirect address is proven errors stay here, after it they go there. */
@Injectable()
export class AuthorizeChecks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clients: ClientStore,
    private readonly grants: Grants,
    private readonly launches: Launches,
  ) {}

  /** The request as data, or the reason against it: an OAuthError for a page here, AuthorizeRefused for the client. */
  async check(raw: RawParams): Promise<AuthorizationRequest> {
    const twice = duplicatedParams(raw);
    if (twice.length > 0) throw new OAuthError('invalid_request', `Sent more than once: ${twice.join(', ')}.`, { hint: twice[0] });
    const params = readParams(raw);
    if (stateTooLong(params)) throw new OAuthError('invalid_request', 'state is too long.', { hint: 'state' });
    const client = await checkClient(params, (id) => this.clients.find(id));
    context().audit.entity = `Client/${client.clientId}`;
    const address = checkRedirectUri(params, client);
    try {
      return { ...address, ...(params.state !== undefined && { state: params.state }), ...(await this.checkRest(params, client)) };
    } catch (error) {
      throw error instanceof Refusal ? new AuthorizeRefused(error, { redirectUri: address.redirectUri, state: params.state }) : error;
    }
  }

  private async checkRest(params: AuthorizeParams, client: OAuthClient) {
    checkResponseType(params);
    checkRequestObject(params);
    checkSizes(params);
    const scopes = checkScope(params, (requested) => this.grants.grantableScopes(client, ANYONE, requested));
    const codeChallenge = checkPkce(params, client.confidential);
    checkAud(params, scopes.includes('launch') || scopes.includes('launch/patient'), this.audiences());
    const launch = await checkLaunch(params, scopes, (handle) => this.launches.find(handle, client.clientId));
    const attention = checkPrompt(params, clock.now());
    return {
      clientId: client.clientId,
      scopes,
      silent: attention.silent,
      askConsent: attention.consent,
      ...(attention.freshAfter !== undefined && { freshAfter: attention.freshAfter }),
      ...(codeChallenge !== undefined && { codeChallenge }),
      ...(params.nonce !== undefined && { nonce: params.nonce }),
      ...(params.login_hint !== undefined && { loginHint: params.login_hint }),
      ...(launch && { launch: { id: launch.id, account: launch.account, context: launch.context } }),
    };
  }

  private audiences(): Audiences {
    const { fhir, api, portal } = siteUrls(this.config, currentSite());
    const aliases = currentSite() === this.config.SITES[0] ? [`${this.config.BASE_URL}/fhir/r4`] : [];
    return { fhir: [fhir, ...aliases], other: [api, portal] };
  }
}
