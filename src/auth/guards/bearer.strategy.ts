import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-http-bearer';
import { randomToken } from '../../kernel';
import type { CheckedToken } from '../tokens/checked-token';
import { TokenCheck } from '../tokens/token-check';

/** Bearer tokens (RFC 6750), verified by the cached check. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly tokens: TokenCheck) {
    super({ realm: 'Salus' });
    // Passport's registry is one per process: two applications in it must not verify each other's tokens.
    this.name = `bearer-${randomToken(6)}`;
    passport.use(this.name, this);
  }

  /** Of a token found valid lately, without a look into the database. */
  known(token: string): CheckedToken | undefined {
    return this.tokens.known(token);
  }

  async validate(token: string): Promise<CheckedToken | false> {
    return (await this.tokens.check(token)) ?? false;
  }
}
