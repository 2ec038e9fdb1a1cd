import type { AccessRule } from '../../kernel';

/**
 * Subscriptions lie in no patient's compartment. One that a token confined to a patient writes carries this tag, and
 * such tokens reach exactly those that carry their patient's.
 */
export const SUBSCRIBER_SYSTEM = 'urn:salus:subscriber';

export const subscriberTag = (patient: string): { system: string; code: string } => ({ system: SUBSCRIBER_SYSTEM, code: `Patient/${patient}` });

/** A rule that such a token has instead of one bound to the patient's compartment. */
export const isSubscribersRule = ({ filter = [] }: AccessRule): boolean => filter.some(([name, value]) => name === '_tag' && value.startsWith(`${SUBSCRIBER_SYSTEM}|`));
