import { type Config, siteUrls } from '../../config';

/**
 * Audiences an assertion for a site may name: the address of its token endpoint, as SMART asks, or its issuer, as
 * OpenID Connect libraries send and the revision of RFC 7523 §3 demands. Both mean this site and no other server.
 */
export function assertionAudiences(config: Pick<Config, 'BASE_URL' | 'SITES'>, site: string): string[] {
  const { oauth } = siteUrls(config, site);
  const own = [`${oauth}/token`, oauth];
  return site === config.SITES[0] ? [...own, `${config.BASE_URL}/connect/token`] : own;
}
