import { ASSERTION_TYPE } from '#libs/smart';
import { OAuthError } from '../oauth/oauth-error';
import { refused } from './refused';

/** How a request says which client it is. */
export type ClientCredentials =
  | { by: 'basic' | 'post'; clientId: string; secret: string }
  | { by: 'assertion'; clientId?: string; assertion: string }
  | { by: 'none'; clientId: string };

type Form = Readonly<Record<string, string | undefined>>;

/** Reads the credentials of a form request. More than one way at a time is refused (RFC 6749 §2.3). */
export function readClientCredentials(authorization: string | undefined, form: Form): ClientCredentials {
  const ways = [basic(authorization), assertion(form), post(form)].filter((way) => way !== undefined);
  if (ways.length > 1) throw new OAuthError('invalid_request', 'Authenticate the client in one way only.', { hint: 'HTTP Basic, client_secret or client_assertion' });
  const given = ways[0] ?? (form.client_id ? { by: 'none' as const, clientId: form.client_id } : undefined);
  if (!given) throw refused('client_id is missing');
  if (form.client_id && given.clientId !== undefined && given.clientId !== form.client_id) throw refused('client_id differs from the credentials');
  return given;
}

function post(form: Form): ClientCredentials | undefined {
  const { client_id: clientId, client_secret: secret } = form;
  if (!secret) return undefined;
  if (!clientId) throw refused('client_id is missing');
  return { by: 'post', clientId, secret };
}

function assertion(form: Form): ClientCredentials | undefined {
  const { client_assertion: text, client_assertion_type: type } = form;
  if (!text && !type) return undefined;
  if (type !== ASSERTION_TYPE) throw new OAuthError('invalid_client', 'Unsupported client_assertion_type.', { hint: ASSERTION_TYPE, status: 400 });
  if (!text) throw refused('client_assertion is missing');
  return { by: 'assertion', clientId: form.client_id, assertion: text };
}

/** Both parts are form-encoded inside the header (RFC 6749 §2.3.1). */
function basic(authorization: string | undefined): ClientCredentials | undefined {
  if (!/^basic\b/i.test(authorization ?? '')) return undefined;
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '')?.[1] ?? '';
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) throw refused();
  return { by: 'basic', clientId: formDecoded(pair.slice(0, colon)), secret: formDecoded(pair.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw refused();
  }
}
