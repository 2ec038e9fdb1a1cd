import { type FhirResource, parseJson, patientsOf } from '#libs/fhir';
import { contextOrNone, noteAudit } from '../../kernel';
import type { Item, Written } from './change';

/** A write of many is known by its Bundle. */
const BUNDLE = 'Bundle';

/** To the store a patch is an update. */
const PATCH = 'patch';

const ACTION = { created: 'create', updated: 'update', unchanged: 'update', deleted: 'delete' } as const;

/** What the audit row says of a write through FHIR: what came of it, which resource, whose record. The first write of a request names it. */
export function noteWritten(items: readonly Item[], written: readonly Written[]): void {
  const audit = contextOrNone()?.audit;
  const [item] = items;
  const [result] = written;
  if (!audit || audit.written || audit.entity === BUNDLE || items.length !== 1 || !item || !result) return;
  noteAudit(audit.action === PATCH ? PATCH : ACTION[result.outcome], `${item.type}/${item.id}`, patientOf(item));
}

function patientOf({ type, id, resource, current }: Item): string | undefined {
  if (type === 'Patient') return id;
  const content = resource ?? (current && current.body.length > 0 ? (parseJson(current.body.toString()) as FhirResource) : undefined);
  const patients = content ? patientsOf(content) : [];
  return patients.length === 1 ? patients[0] : undefined;
}
