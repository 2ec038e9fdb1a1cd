import { Inject, Injectable } from '@nestjs/common';
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload } from 'jose';
import { ASSERTION_ALGORITHMS, assertionFault } from '#libs/smart';
import { CONFIG, type Config } from '../../config';
import { clock, currentSite } from '../../kernel';
import { ClientKeys } from '../clients/client-keys';
import { ClientStore } from '../clients/client.store';
import type { ClientKey, OAuthClient } from '../clients/oauth-client';
import { OutboundError } from '../outbound/outbound-error';
import { assertionAudiences } from './assertion-audiences';
import { AssertionIds } from './assertion-ids';
import { refused } from './refused';

/** Each algorithm belongs to one kind of key; the token's word alone never chooses (RFC 8725 §3.1). */
const KEY_TYPE: Record<(typeof ASSERTION_ALGORITHMS)[number], { kty: string; crv?: string }> = {
  RS384: { kty: 'RSA' },
  ES384: { kty: 'EC', crv: 'P-384' },
};

/** Clients that prove themselves by a signed JWT (`private_key_jwt`; SMART Backend Services). */
@Injectable()
export class ClientAssertion {
  constructor(
    private readonly clients: ClientStore,
    private readonly keys: ClientKeys,
    private readonly ids: AssertionIds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The enabled client whose key signed the assertion. Throws `invalid_client` for any other. */
  async client(assertion: string): Promise<OAuthClient> {
    const { kid, alg, jku, sub } = readUnverified(assertion);
    const client = await this.clients.find(sub);
    if (!client?.enabled) throw refused();
    if (jku !== undefined && jku !== client.jwksUri) throw refused('jku is not the registered jwks_uri');
    const claims = await this.verify(assertion, alg, await this.candidates(kid, client));
    await this.judge(claims, client);
    return client;
  }

  private async candidates(kid: string, client: OAuthClient): Promise<ClientKey[]> {
    try {
      return await this.keys.named(kid, client);
    } catch (error) {
      if (error instanceof OutboundError) throw refused(`jwks_uri: ${error.message}`);
      throw error;
    }
  }

  private async verify(assertion: string, alg: keyof typeof KEY_TYPE, keys: ClientKey[]): Promise<JWTPayload> {
    const { kty, crv } = KEY_TYPE[alg];
    const able = keys.filter((key) => key.kty === kty && (!crv || key.crv === crv) && (!key.alg || key.alg === alg) && key.use !== 'enc');
    for (const key of able) {
      const claims = await verifiedBy(assertion, key, alg);
      if (claims) return claims;
    }
    throw refused('no registered key verifies the assertion');
  }

  private async judge(claims: JWTPayload, client: OAuthClient): Promise<void> {
    const expected = { clientId: client.clientId, audiences: assertionAudiences(this.config, currentSite()), now: clock.now() / 1000 };
    const fault = assertionFault(claims, expected);
    if (fault) throw refused(fault);
    if (!(await this.ids.consume(client.clientId, claims.jti!, claims.exp!))) throw refused('jti has been used before');
  }
}

async function verifiedBy(assertion: string, key: ClientKey, alg: string): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await compactVerify(assertion, await importJWK(key, alg), { algorithms: [alg] });
    return JSON.parse(new TextDecoder().decode(payload)) as JWTPayload;
  } catch {
    return undefined;
  }
}

/** What is needed to find the key. `jwk`, `x5u` and `x5c` of the header are never looked at (RFC 8725 §3.10). */
function readUnverified(assertion: string): { kid: string; alg: keyof typeof KEY_TYPE; jku?: unknown; sub: string } {
  const { header, claims } = decoded(assertion);
  const { alg, kid, typ, jku } = header;
  if (typeof alg !== 'string' || !(ASSERTION_ALGORITHMS as readonly string[]).includes(alg)) throw refused('alg must be RS384 or ES384');
  if (typeof kid !== 'string' || kid.length > 255) throw refused('kid must name a registered key');
  if (typ !== undefined && typ !== 'JWT') throw refused('typ must be JWT');
  if (typeof claims.sub !== 'string' || claims.sub.length > 64) throw refused('sub must be the client_id');
  return { kid, alg: alg as keyof typeof KEY_TYPE, jku, sub: claims.sub };
}

function decoded(assertion: string) {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    throw refused('client_assertion is not a JWT');
  }
}
