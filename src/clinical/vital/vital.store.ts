import type { Tx } from '../../database';
import { placeholders } from '../../database';
import type { Incoming, Placement, RowChange } from '../../fhir';
import { newUuid } from '../../kernel';
import { TableStore } from '../../standard';
import { encounterKeys } from '../encounter';
import type { VitalRow } from './vital.entity';
import { columnsOfMeasure, MEASURED, measureOf } from './vital.measures';

/** Columns of one measure, emptied. */
const emptied = (part: string): Partial<VitalRow> => Object.fromEntries(columnsOfMeasure(measureOf(part)!).map(({ column }) => [column, null]));

const isFree = (row: VitalRow, part: string): boolean => columnsOfMeasure(measureOf(part)!).every(({ column }) => row[column] === null);

const isEmpty = (row: VitalRow): boolean => MEASURED.every(({ column }) => row[column] === null);

const momentOf = (row: Pick<VitalRow, 'patient_uuid' | 'encounter_uuid' | 'date'>): string => `${row.patient_uuid} ${row.encounter_uuid} ${row.date}`;

/** The rows an incoming set touches, each once, as they were and as they are by now. */
class Touched {
  private readonly rows = new Map<string, RowChange<VitalRow>>();

  current(row: VitalRow): VitalRow | undefined {
    const known = this.rows.get(row.uuid);
    return known ? known.after : row;
  }

  set(before: VitalRow | undefined, after: VitalRow): void {
    const known = this.rows.get(after.uuid);
    this.rows.set(after.uuid, { ...(known ? known.before && { before: known.before } : before && { before }), after });
  }

  get changes(): RowChange<VitalRow>[] {
    return [...this.rows.values()];
  }
}

/**
 * Vital signs as they come through FHIR, one Observation at a time: those of the same moment of the same encounter
 * share a row, as if they had been charted together. An Observation that moves to another moment leaves its row.
 */
export class VitalStore extends TableStore<VitalRow> {
  override async place(tx: Tx, incoming: readonly Incoming<VitalRow>[]): Promise<Placement<VitalRow>> {
    const encounters = await encounterKeys(tx, incoming.map((one) => one.columns.encounter_uuid!));
    const touched = new Touched();
    const open = await this.openRows(tx, [...encounters.keys()]);
    const keys = incoming.map((one) => {
      const encounter = encounters.get(one.columns.encounter_uuid!);
      const fits = encounter?.patient_uuid === one.columns.patient_uuid;
      if (one.row && (!fits || momentOf(one.row) !== momentOf(one.columns as VitalRow))) this.take(touched, one.row, one.part);
      else if (one.row) return this.put(touched, one.row, one);
      if (!fits || !encounter) return undefined;
      return this.put(touched, this.rowFor(touched, open, one) , one);
    });
    const changes = await this.storeTouched(tx, touched.changes);
    return { keys, changes };
  }

  override async release(tx: Tx, parts: readonly { row: VitalRow; part: string }[]): Promise<RowChange<VitalRow>[]> {
    const touched = new Touched();
    for (const { row, part } of parts) this.take(touched, row, part);
    return this.storeTouched(tx, touched.changes);
  }

  private async openRows(tx: Tx, encounters: readonly string[]): Promise<Map<string, VitalRow[]>> {
    const rows: VitalRow[] = [];
    for (let at = 0; at < encounters.length; at += 500) {
      const chunk = encounters.slice(at, at + 500);
      rows.push(...(await tx.query<VitalRow>(`SELECT * FROM form_vitals WHERE encounter_uuid IN (${placeholders(chunk.length)})`, chunk)));
    }
    const byMoment = new Map<string, VitalRow[]>();
    for (const row of rows) byMoment.set(momentOf(row), [...(byMoment.get(momentOf(row)) ?? []), row]);
    return byMoment;
  }

  /** A row of that moment where this measure is still free, or a new one. */
  private rowFor(touched: Touched, open: Map<string, VitalRow[]>, one: Incoming<VitalRow>): VitalRow {
    const moment = momentOf(one.columns as VitalRow);
    const rows = open.get(moment) ?? [];
    const free = rows.find((row) => isFree(touched.current(row) ?? row, one.part));
    if (free) return free;
    const { patient_uuid, encounter_uuid, date } = one.columns;
    const row = { ...this.newRow({ uuid: newUuid(), patient_uuid, encounter_uuid, date } as Partial<VitalRow>, undefined), id: 0 };
    open.set(moment, [...rows, row]);
    return row;
  }

  private put(touched: Touched, row: VitalRow, one: Incoming<VitalRow>): string {
    const now = touched.current(row) ?? row;
    touched.set(row.id === 0 ? undefined : row, { ...now, ...one.columns });
    return row.uuid;
  }

  private take(touched: Touched, row: VitalRow, part: string): void {
    touched.set(row, { ...(touched.current(row) ?? row), ...emptied(part) });
  }

  /** Stores what was touched; a row with nothing left in it goes. */
  private async storeTouched(tx: Tx, changes: readonly RowChange<VitalRow>[]): Promise<RowChange<VitalRow>[]> {
    const rows = changes.map((change) => change.after!);
    await this.rules.complete(tx, rows, changes.map((change) => !change.before));
    await this.insert(tx, changes.filter((change) => !change.before && !isEmpty(change.after!)).map((change) => change.after!));
    const gone = changes.filter((change) => change.before && isEmpty(change.after!));
    await this.delete(tx, gone.map((change) => change.before!));
    for (const { before, after } of changes) if (before && !isEmpty(after!)) await this.replace(tx, after!);
    return changes.map(({ before, after }) => ({ ...(before && { before }), ...(!isEmpty(after!) && { after: after! }) }));
  }
}
