import { Injectable } from '@nestjs/common';
import { Grants } from '../clients/grants';
import { CodeGrant } from './code-grant';
import { PasswordGrant } from './password-grant';
import { RefreshGrant } from './refresh-grant';
import { TokenIssuer } from './token-issuer';
import { TokenResponse } from './token-response';

/** What the model of one request works with. */
@Injectable()
export class GrantServices {
  constructor(
    readonly code: CodeGrant,
    readonly refresh: RefreshGrant,
    readonly password: PasswordGrant,
    readonly grants: Grants,
    readonly issuer: TokenIssuer,
    readonly response: TokenResponse,
  ) {}
}
