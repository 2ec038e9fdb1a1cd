import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

/** What may be connected to on behalf of a stranger. A deployment or test may know better than the default. */
export interface OutboundRules {
  isAllowedAddress(address: string): boolean;
  /** Absent: any. */
  ports?: readonly string[];
  /** Without encryption, too: for addresses that the deployment vouches for. */
  allowsHttp?: boolean;
  /** Certificate authorities beyond the system's. */
  ca?: string;
}

export const PUBLIC_ONLY: OutboundRules = { isAllowedAddress: isPublicAddress, ports: ['', '443', '8443'] };

/** Names that never leave the machine or the local network. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|onion|home\.arpa)\.?$/;

/**
 * What makes `text` unfit as an address of a client's server; undefined when it is sound. Judges the text alone: where
 * a name leads is judged again when it is connected to. `URL` has already normalised disguised IP addresses.
 */
export function publicUrlFault(text: string, rules: OutboundRules = PUBLIC_ONLY): string | undefined {
  const url = text.length <= 1900 && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'must be an absolute https URL';
  if (url.protocol !== 'https:' && !(rules.allowsHttp && url.protocol === 'http:')) return 'must use https';
  if (url.username || url.password) return 'must not hold user information';
  if (rules.ports && !rules.ports.includes(url.port)) return 'must use port 443 or 8443';
  return hostFault(url.hostname, rules);
}

function hostFault(hostname: string, rules: OutboundRules): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return rules.isAllowedAddress(host) ? undefined : 'must be a public address';
  if (rules !== PUBLIC_ONLY) return undefined;
  return LOCAL_NAME.test(host) || !host.includes('.') ? 'must be a public address' : undefined;
}
