import { OAuthError } from '../oauth/oauth-error';

/** One answer for unknown, disabled and unproven clients alike. A hint is given only for what the caller itself sent. */
export const refused = (hint?: string): OAuthError => new OAuthError('invalid_client', 'Client authentication failed.', { hint });
