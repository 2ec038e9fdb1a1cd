import type { FhirResource } from '#libs/fhir';

const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/';

/** Extensions and profiles of the Subscriptions R5 Backport guide 1.1 for R4. */
export const BACKPORT_URL = {
  topic: `${BACKPORT}backport-topic-canonical`,
  filter: `${BACKPORT}backport-filter-criteria`,
  content: `${BACKPORT}backport-payload-content`,
  heartbeat: `${BACKPORT}backport-heartbeat-period`,
  timeout: `${BACKPORT}backport-timeout`,
  maxCount: `${BACKPORT}backport-max-count`,
  notification: `${BACKPORT}backport-subscription-notification-r4`,
  status: `${BACKPORT}backport-subscription-status-r4`,
} as const;

export interface Extension {
  url?: string;
  valueString?: string;
  valueUri?: string;
  valueCanonical?: string;
  valueCode?: string;
  valueUnsignedInt?: number;
  valuePositiveInt?: number;
}

interface Element {
  extension?: Extension[];
}

export type SubscriptionState = 'requested' | 'active' | 'error' | 'off';

export interface SubscriptionResource extends FhirResource {
  status?: SubscriptionState;
  error?: string;
  end?: string;
  criteria?: string;
  _criteria?: Element;
  extension?: Extension[];
  channel?: {
    type?: string;
    endpoint?: string;
    payload?: string;
    _payload?: Element;
    header?: string[];
    extension?: Extension[];
  };
}

export const extensionsOf = (element: Element | undefined, url: string): Extension[] => (element?.extension ?? []).filter((extension) => extension.url === url);
