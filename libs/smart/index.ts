export { requestedScopes } from './aliases';
export { ASSERTION_ALGORITHMS, ASSERTION_TYPE, type AssertionExpectation, assertionFault } from './assertion';
export { covers, intersect } from './narrow';
export { isCodeChallenge, isCodeVerifier, verifierProves } from './pkce';
export { type LaunchContext, rulesFromScopes, type ScopeRule } from './rules';
export {
  formatScope, isFhirScope, type OperationScope, parseScope, type ResourceScope, type Scope, type ScopeContext, type ScopeVerb, scopeWords, VERB_ORDER,
  type WordScope,
} from './scope';
export { GRANULAR, isSupportedScope, supportedScopes, WORD_SCOPES } from './supported';
