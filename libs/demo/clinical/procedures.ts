import type { Reference } from '#libs/fhir';
import { type ProcedureKind, type ProcedureName, procedures } from '../codes/procedures';
import { practitioner } from '../practice/staff';
import { concept, refer } from '../values';
import { during, encounterOf, type Visit } from './encounters';
import { order } from './orders';

export interface Performance {
  reason?: Reference;
  /** Devices left in the body. */
  implants?: readonly Reference[];
  outcome?: string;
}

/** Orders and performs a procedure in a visit. */
export function perform(visit: Visit, name: ProcedureName, { reason, implants, outcome }: Performance = {}): Reference {
  const procedure: ProcedureKind = procedures[name];
  const code = concept(procedure.system, procedure.code);
  const request = order(visit, { kind: procedure.order, code, reason });
  const performed = visit.chart.addProfiled('Procedure', 'us-core-procedure', {
    basedOn: [request],
    status: 'completed',
    code,
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    performedDateTime: during(visit, 24),
    recorder: practitioner(visit.clinician),
    performer: [{ actor: practitioner(visit.clinician), onBehalfOf: visit.facility.organization }],
    location: visit.facility.location,
    reasonCode: reason?.display ? [{ text: reason.display }] : undefined,
    reasonReference: reason && [reason],
    outcome: outcome ? { text: outcome } : undefined,
    focalDevice: implants?.map((manipulated) => ({ manipulated })),
  });
  return refer(performed, procedure.code[1]);
}
