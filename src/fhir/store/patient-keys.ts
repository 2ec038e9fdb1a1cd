import { placeholders, type Tx } from '../../database';
import { NO_PATIENT, SEVERAL_PATIENTS } from './tables';

const RESERVED_COLUMNS = ['id', 'type', 'fhir_id', 'version', 'deleted', 'patient', 'restricted', 'last_updated', 'body'];

/**
 * Surrogate keys of patients by logical id. A patient that is spoken of before it is written gets its key reserved
 * (version 0, deleted), so that its compartment is right whatever the order in which things arrive.
 */
export class PatientKeys {
  private readonly known = new Map<string, number>();

  constructor(private readonly tx: Tx) {}

  learn(logicalId: string, key: number): void {
    this.known.set(logicalId, key);
  }

  async load(logicalIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(logicalIds)].filter((id) => !this.known.has(id));
    if (missing.length === 0) return;
    for (let at = 0; at < missing.length; at += 500) {
      const chunk = missing.slice(at, at + 500);
      const rows = await this.tx.query<{ id: number; fhir_id: string }>(`SELECT id, fhir_id FROM fhir_resource WHERE type = 'Patient' AND fhir_id IN (${placeholders(chunk.length)})`, chunk);
      for (const row of rows) this.known.set(row.fhir_id, row.id);
    }
    await this.reserve(missing.filter((id) => !this.known.has(id)));
  }

  /** The `patient` column of a resource whose compartment membership is `logicalIds`. */
  keyFor(logicalIds: readonly string[]): number {
    if (logicalIds.length === 0) return NO_PATIENT;
    if (logicalIds.length > 1) return SEVERAL_PATIENTS;
    const key = this.known.get(logicalIds[0]!);
    if (key === undefined) throw new Error('A patient key was asked for before it was loaded.');
    return key;
  }

  private async reserve(logicalIds: string[]): Promise<void> {
    if (logicalIds.length === 0) return;
    const first = await this.tx.numbers('fhir_resource', logicalIds.length);
    const rows = logicalIds.map((id, index) => [first + index, 'Patient', id, 0, 1, first + index, 0, 0, Buffer.alloc(0)]);
    await this.tx.insert('fhir_resource', RESERVED_COLUMNS, rows);
    for (const [index, id] of logicalIds.entries()) this.known.set(id, first + index);
  }
}
