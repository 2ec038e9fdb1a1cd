import type { Account } from '../accounts/account';

type Claims = Record<string, string | boolean | undefined>;

/** What each scope tells of a person (OpenID Connect Core §5.4, with OpenEMR's additions). */
const BY_SCOPE: Readonly<Record<string, (account: Account, fhirBase: string) => Claims>> = {
  openid: ({ id }) => ({ sub: id }),
  fhirUser: ({ fhirUser }, fhirBase) => ({ fhirUser: `${fhirBase}/${fhirUser}` }),
  profile: (account) => ({ name: account.displayName, given_name: account.given, family_name: account.family, preferred_username: account.username, locale: 'en-US' }),
  name: ({ displayName }) => ({ name: displayName }),
  given_name: ({ given }) => ({ given_name: given }),
  family_name: ({ family }) => ({ family_name: family }),
  email: ({ email }) => (email ? { email, email_verified: true } : {}),
  phone: ({ phone }) => (phone ? { phone_number: phone, phone_number_verified: true } : {}),
  address: ({ address }) => ({ address }),
  'api:oemr': () => ({ 'api:oemr': true }),
  'api:fhir': () => ({ 'api:fhir': true }),
  'api:port': () => ({ 'api:port': true }),
};

/** The claims about `account` that `scopes` release, for id tokens and the userinfo endpoint. Unknown facts are left out. */
export function personClaims(account: Account, scopes: Iterable<string>, fhirBase: string): { sub: string } & Claims {
  const claims = [...scopes].map((scope) => (Object.hasOwn(BY_SCOPE, scope) ? BY_SCOPE[scope]!(account, fhirBase) : {}));
  const known = Object.entries(Object.assign({}, ...claims) as Claims).filter(([, value]) => value !== undefined);
  return { sub: account.id, ...Object.fromEntries(known) };
}
