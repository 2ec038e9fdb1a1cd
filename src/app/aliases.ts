import { resourceTypes } from '#libs/fhir';

const BY_LOWER_CASE = new Map(resourceTypes.map((type) => [type.toLowerCase(), type]));

/**
 * Addresses that other vendors' clients use, brought onto ours before routing: `/fhir/r4/…` (with type names in
 * any case) and `/metadata` mean the first site's FHIR base; a slash after a FHIR base means the base.
 */
export function canonicalUrl(url: string, firstSite: string): string {
  // Nearly all are as they should be, and are told at a glance.
  if (url.startsWith('/apis/') && !url.includes('/fhir/?') && !url.endsWith('/fhir/') && !url.includes('/fhir/#')) return url;
  const at = url.search(/[?#]|$/);
  return canonicalPath(url.slice(0, at), firstSite) + url.slice(at);
}

function canonicalPath(path: string, site: string): string {
  if (path === '/metadata') return `/apis/${site}/fhir/metadata`;
  const alias = /^\/fhir\/r4(?:\/(.*))?$/i.exec(path);
  if (alias) return `/apis/${site}/fhir${alias[1] ? `/${typeInOurCase(alias[1])}` : ''}`;
  return path.replace(/^(\/apis\/[^/]+\/fhir)\/$/, '$1');
}

function typeInOurCase(rest: string): string {
  const [type, ...more] = rest.split('/') as [string, ...string[]];
  return [BY_LOWER_CASE.get(type.toLowerCase()) ?? type, ...more].join('/');
}
