import { Controller, Get, Header, HttpCode, Inject, Post, UseFilters, UseGuards } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context } from '../../kernel';
import { Accounts } from '../accounts/accounts';
import { Public } from '../guards/public.decorator';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { personClaims } from '../token-endpoint/person-claims';
import { UserinfoGuard } from './userinfo.guard';

/** Who signed in, as far as the token's scopes tell (OpenID Connect Core §5.3). */
@Controller('oauth2/:site/userinfo')
@Public('UserinfoGuard demands a token of a person with openid; no other scope is needed')
@UseGuards(UserinfoGuard)
@UseFilters(OAuthExceptionFilter)
export class UserinfoController {
  constructor(
    private readonly accounts: Accounts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  get() {
    return this.claims();
  }

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  post() {
    return this.claims();
  }

  private async claims() {
    const { access, audit, site } = context();
    audit.action = 'userinfo';
    const { actor, scopes } = access!;
    const account = await this.accounts.byId(actor.kind === 'patient' ? 'patient' : 'users', actor.id);
    if (!account) throw new OAuthError('invalid_token', 'The account of this token is gone.');
    return personClaims(account, scopes, siteUrls(this.config, site).fhir);
  }
}
