import type { Config } from './schema';

/** The published addresses of one site. */
export const siteUrls = (config: Pick<Config, 'BASE_URL'>, site: string) => ({
  /** Issuer of tokens and base of the authorization server. */
  oauth: `${config.BASE_URL}/oauth2/${site}`,
  api: `${config.BASE_URL}/apis/${site}/api`,
  portal: `${config.BASE_URL}/apis/${site}/portal`,
  fhir: `${config.BASE_URL}/apis/${site}/fhir`,
});
