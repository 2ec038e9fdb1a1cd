import { OAuthError } from '../oauth/oauth-error';

/** Never tells which of the checks failed: that would help only who should not know. */
export const invalidGrant = (description: string, hint?: string): OAuthError => new OAuthError('invalid_grant', description, { hint });
