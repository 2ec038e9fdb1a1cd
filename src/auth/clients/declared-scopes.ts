import { covers, supportedScopes } from '#libs/smart';

const declared = new Set<string>();

/** Told by `@StandardRoute` as the routes are defined: a domain's routes are all it takes to make its scopes known. */
export function declareScope(scope: string): void {
  declared.add(scope);
}

/** Is this what some route of the house asks for, verb by verb? */
export const isDeclaredScope = (scope: string): boolean => covers(declared, scope);

/** `scopes_supported`: the published list, and what routes ask for beyond it. */
export const publishedScopes = (): string[] => [...supportedScopes, ...[...declared].filter((scope) => !covers(supportedScopes, scope)).sort()];
