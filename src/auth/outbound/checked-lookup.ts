import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { OutboundError } from './outbound-error';
import type { OutboundRules } from './public-url';

/**
 * Resolves a name and refuses it if any of its addresses is not allowed: a mixed answer is an attack, not a mistake.
 * The connection is made to what was resolved here, so that a name cannot lead elsewhere meanwhile (DNS rebinding).
 */
export function checkedLookup(rules: OutboundRules): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = error ?? (addresses.every(({ address }) => rules.isAllowedAddress(address)) ? null : new OutboundError('leads to an address that is not public'));
      if (refused || options.all) callback(refused, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
