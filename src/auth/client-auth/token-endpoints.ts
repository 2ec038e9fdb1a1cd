import { type Config, siteUrls } from '../../config';

/** Addresses of a site's token endpoint, any of which an assertion may be addressed to. */
export function tokenEndpoints(config: Pick<Config, 'BASE_URL' | 'SITES'>, site: string): string[] {
  const own = `${siteUrls(config, site).oauth}/token`;
  return site === config.SITES[0] ? [own, `${config.BASE_URL}/connect/token`] : [own];
}
