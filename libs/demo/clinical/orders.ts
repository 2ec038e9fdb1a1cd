import type { CodeableConcept, Reference } from '#libs/fhir';
import { type OrderKind, orderCategories } from '../codes/procedures';
import { practitioner } from '../practice/staff';
import { refer, snomed } from '../values';
import { during, encounterOf, type Visit } from './encounters';

export interface Order {
  kind: OrderKind;
  code: CodeableConcept;
  reason?: Reference;
  /** A standing order not yet done. */
  open?: boolean;
  /** Further categories, such as the social need it answers. */
  category?: readonly CodeableConcept[];
}

/** Files what the clinician asked for. */
export function order(visit: Visit, { kind, code, reason, open, category = [] }: Order): Reference {
  const asked = during(visit, 18);
  const request = visit.chart.addProfiled('ServiceRequest', 'us-core-servicerequest', {
    status: open ? 'active' : 'completed',
    intent: 'order',
    category: [snomed(orderCategories[kind]), ...category],
    priority: 'routine',
    code,
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    occurrencePeriod: { start: asked, end: visit.end },
    authoredOn: asked,
    requester: practitioner(visit.clinician),
    reasonCode: reason?.display ? [{ text: reason.display }] : undefined,
    reasonReference: reason && [reason],
  });
  return refer(request, code.text);
}
