import { isFhirScope, type Scope } from '#libs/smart';
import { isHidden, type Offer, offersFor } from './offers';
import { TYPE_WORDS } from './type-words';

/** A heading of the consent page and what stands below it. */
export interface ScopeGroup {
  key: GroupKey;
  offers: Offer[];
}

export type GroupKey = 'patient' | 'user' | 'clinic' | 'portal' | 'identity' | 'connection';

const ORDER: readonly GroupKey[] = ['patient', 'portal', 'user', 'clinic', 'identity', 'connection'];

function groupOf(scope: Scope): GroupKey {
  if (scope.kind === 'word') return /^(launch|api:|online_access|offline_access)/.test(scope.text) ? 'connection' : 'identity';
  const ofPatient = scope.context === 'patient';
  if (isFhirScope(scope)) return ofPatient ? 'patient' : 'user';
  return ofPatient ? 'portal' : 'clinic';
}

const rank = new Map(Object.keys(TYPE_WORDS).map((type, index) => [type, index]));

/** Health record types in the order of the word list, the rest as the app asked. */
const position = ({ scope }: Offer): number => (scope.kind === 'word' ? 0 : (rank.get(scope.resource) ?? rank.size));

/** The requested scopes as a person reads them: grouped, most telling first, `openid` left out. */
export function scopeGroups(requested: readonly string[]): ScopeGroup[] {
  const offers = offersFor(requested.filter((scope) => !isHidden(scope)));
  return ORDER.flatMap((key) => {
    const own = offers.filter(({ scope }) => groupOf(scope) === key).sort((a, b) => position(a) - position(b));
    return own.length > 0 ? [{ key, offers: own }] : [];
  });
}
