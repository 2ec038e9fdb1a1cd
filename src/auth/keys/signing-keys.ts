import { Inject, Injectable } from '@nestjs/common';
import { compactVerify, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { CONFIG, type Config, siteUrls } from '../../config';
import { currentSite } from '../../kernel';
import { type SigningKey, SigningKeyStore } from './signing-key.store';

const ALG = 'RS256';
const REREAD_AFTER = 60_000;

/** The site's own keys: made on first use, kept in its database, published so that clients can verify id tokens. */
@Injectable()
export class SigningKeys {
  private readonly read = new Map<string, { at: number; keys: Promise<SigningKey[]> }>();

  constructor(
    private readonly store: SigningKeyStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A compact JWS by the newest key. `typ` tells kinds of tokens apart (RFC 8725 §3.11). */
  async sign(payload: JWTPayload, { typ }: { typ: string }): Promise<string> {
    const [newest] = await this.keys();
    const key = await importJWK(newest!.privateJwk, ALG);
    return new SignJWT(payload).setProtectedHeader({ alg: ALG, kid: newest!.kid, typ }).sign(key);
  }

  /**
   * The claims of an id token that this site signed; undefined for any other text. An expired one still says who is
   * logging out (OpenID Connect RP-Initiated Logout §2), so `exp` is not judged.
   */
  async verifyIdTokenHint(token: string): Promise<JWTPayload | undefined> {
    for (const { publicJwk } of await this.keys()) {
      const claims = await verified(token, publicJwk);
      if (claims?.iss === siteUrls(this.config, currentSite()).oauth) return claims;
    }
    return undefined;
  }

  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: (await this.keys()).map(({ publicJwk }) => publicJwk) };
  }

  /** Signs with a fresh key from now on; older public keys stay published for tokens already out. */
  async rotate(): Promise<void> {
    const [newest] = await this.keys();
    await this.store.add(await makeKey(newest!.generation + 1));
    this.read.delete(currentSite());
  }

  /** Newest first. Read again now and then, since another process may have rotated. */
  private keys(): Promise<SigningKey[]> {
    const site = currentSite();
    const known = this.read.get(site);
    if (known && Date.now() - known.at < REREAD_AFTER) return known.keys;
    const keys = this.load();
    this.read.set(site, { at: Date.now(), keys });
    keys.catch(() => this.read.delete(site));
    return keys;
  }

  private async load(): Promise<SigningKey[]> {
    const known = await this.store.all(ALG);
    if (known.length > 0) return known;
    await this.store.add(await makeKey(1));
    return this.store.all(ALG);
  }
}

async function verified(token: string, publicJwk: JWK): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await compactVerify(token, await importJWK(publicJwk, ALG), { algorithms: [ALG] });
    return JSON.parse(new TextDecoder().decode(payload)) as JWTPayload;
  } catch {
    return undefined;
  }
}

async function makeKey(generation: number): Promise<SigningKey> {
  const pair = await generateKeyPair(ALG, { modulusLength: 2048, extractable: true });
  const publicPart = await exportJWK(pair.publicKey);
  const kid = `${generation}-${String(publicPart.n).slice(0, 16)}`;
  return { alg: ALG, generation, kid, privateJwk: await exportJWK(pair.privateKey), publicJwk: { ...publicPart, kid, alg: ALG, use: 'sig' } };
}
