/** Which API a request speaks, told by its path alone: errors are rendered in that API's format. */
export type Surface = 'fhir' | 'standard' | 'portal' | 'oauth' | 'page' | 'ops';

const APIS = /^\/apis\/[^/]*\/(fhir|api|portal)(?:\/|$)/;

export function surfaceOf(path: string): Surface {
  const api = APIS.exec(path)?.[1];
  if (api === 'fhir' || path.startsWith('/fhir/')) return 'fhir';
  if (api === 'api') return 'standard';
  if (api === 'portal') return 'portal';
  if (path.startsWith('/oauth2/') || path.startsWith('/connect/') || path.startsWith('/authorize/')) return 'oauth';
  if (path.startsWith('/interface/') || path === '/') return 'page';
  return 'ops';
}

const SITE = /^\/(?:apis|oauth2)\/([^/]*)/;

/** The site named in the path; paths without one (pages, aliases) are the first configured site's. */
export function siteOf(path: string, first: string): string {
  return SITE.exec(path)?.[1] ?? first;
}

export const pathOf = (url: string): string => {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
};
