import { Controller, Get, Header, Inject } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { context, currentSite } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { SigningKeys } from '../keys/signing-keys';
import { openidConfiguration } from './openid-configuration';
import { smartConfiguration } from './smart-configuration';
import { SMART_STYLE } from './smart-style';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What a client reads before it knows anything else. */
@Controller()
@Public('Discovery documents and public keys are for everyone.')
export class DiscoveryController {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('oauth2/:site/.well-known/openid-configuration')
  @Header('Content-Type', JSON_TYPE)
  openid(): Record<string, unknown> {
    context().audit.action = 'discover';
    return openidConfiguration(this.config, currentSite());
  }

  /** Whatever `Accept` says: clients ask before they know what is spoken here. */
  @Get(['apis/:site/fhir/.well-known/smart-configuration', 'fhir/r4/.well-known/smart-configuration'])
  @Header('Content-Type', JSON_TYPE)
  smart(): Record<string, unknown> {
    context().audit.action = 'discover';
    return smartConfiguration(this.config, currentSite());
  }

  @Get('oauth2/:site/jwk')
  @Header('Content-Type', JSON_TYPE)
  @Header('Cache-Control', 'public, max-age=300')
  jwks(): Promise<object> {
    context().audit.action = 'discover';
    return this.keys.jwks();
  }

  @Get('oauth2/:site/smart/smart-style')
  @Header('Content-Type', JSON_TYPE)
  style(): object {
    context().audit.action = 'discover';
    return SMART_STYLE;
  }
}
