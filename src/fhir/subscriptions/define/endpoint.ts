import type { OutboundRules } from '../../../auth';
import { PUBLIC_ONLY, publicUrlFault } from '../../../auth';
import { refused } from '../match/criteria';

/** Public https addresses; what the deployment vouches for may be private and speak plain http. */
export function rulesFor(endpoint: string, vouchedFor: readonly string[]): OutboundRules {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isVouchedFor = url !== undefined && vouchedFor.some((one) => one === url.host || one === url.hostname);
  return isVouchedFor ? { isAllowedAddress: () => true, allowsHttp: true } : PUBLIC_ONLY;
}

export function checkEndpoint(endpoint: string, vouchedFor: readonly string[]): void {
  const fault = publicUrlFault(endpoint, rulesFor(endpoint, vouchedFor));
  if (fault) throw refused('Subscription.channel.endpoint', `The endpoint ${fault}.`);
}
