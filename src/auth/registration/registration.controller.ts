import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Ip, Param, Post, Query, UseFilters } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, currentSite } from '../../kernel';
import { Clients } from '../clients/clients';
import { Public } from '../guards/public.decorator';
import { WindowLimiter } from '../limits/window-limiter';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { OwnRegistration } from './own-registration';
import { registrationAnswer } from './registration-answer';

const PER_ADDRESS = 120;
const PER_SITE = 1200;
const WINDOW = 10 * 60_000;

/** Dynamic client registration (RFC 7591) and reading it back (RFC 7592 §2.1). */
@Controller('oauth2/:site')
@UseFilters(OAuthExceptionFilter)
export class RegistrationController {
  private readonly byAddress = new WindowLimiter(PER_ADDRESS, WINDOW);
  private readonly bySite = new WindowLimiter(PER_SITE, WINDOW);

  constructor(
    private readonly clients: Clients,
    private readonly own: OwnRegistration,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('registration')
  @Public('Anyone may register an application; what it may do is decided by approval and by the people it asks.')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  async register(@Body() body: unknown, @Headers('content-type') type: string | undefined, @Ip() address: string) {
    context().audit.action = 'register';
    this.limit(address);
    if (!type?.startsWith('application/json')) throw new OAuthError('invalid_client_metadata', 'Send the metadata as application/json.');
    const made = await this.clients.register(body);
    context().audit.entity = `Client/${made.client.clientId}`;
    return registrationAnswer(made, siteUrls(this.config, currentSite()).oauth);
  }

  @Get('client/:path')
  @Public('The registration access token is its own credential.')
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  async read(@Param('path') path: string, @Headers('authorization') authorization: string | undefined, @Query('access_token') parameter: unknown) {
    context().audit.action = 'read';
    const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    return this.own.read(path, bearer ?? (typeof parameter === 'string' ? parameter : ''));
  }

  private limit(address: string): void {
    const site = currentSite();
    const wait = Math.max(this.byAddress.take(`${site} ${address}`), this.bySite.take(site));
    if (wait > 0) throw new OAuthError('too_many_requests', 'Too many registrations. Try again later.', { headers: { 'retry-after': String(wait) } });
  }
}
