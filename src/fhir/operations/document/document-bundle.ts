import { type Coding, type FhirResource, parseJson } from '#libs/fhir';
import { clock, instant, newUuid } from '../../../kernel';
import { nameOf, type StoredRow } from '../../search/include/stored-row';
import { isSensitive } from '../../store';

/** The document as bytes (R4 §2.22): stored ones, the Composition first. It is as sensitive as what is in it. */
export function documentBundle(base: string, rows: readonly StoredRow[]): Buffer {
  const now = instant(clock.now());
  const labels = sensitiveLabels(rows);
  const head = {
    resourceType: 'Bundle',
    meta: { lastUpdated: now, ...(labels.length > 0 && { security: labels }) },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${newUuid()}` },
    type: 'document',
    timestamp: now,
  };
  const entries = rows.flatMap((row, index) => [Buffer.from(`${index === 0 ? '' : ','}{"fullUrl":${JSON.stringify(`${base}/${nameOf(row)}`)},"resource":`), row.body, CLOSE]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(head).slice(0, -1)},"entry":[`), ...entries, Buffer.from(']}')]);
}

const CLOSE = Buffer.from('}');

function sensitiveLabels(rows: readonly StoredRow[]): Coding[] {
  const labels = rows.flatMap((row) => (parseJson(row.body.toString()) as FhirResource).meta?.security ?? []).filter((label) => isSensitive({ resourceType: 'Bundle', meta: { security: [label] } }));
  return [...new Map(labels.map((label) => [`${label.system ?? ''}|${label.code ?? ''}`, label])).values()];
}
