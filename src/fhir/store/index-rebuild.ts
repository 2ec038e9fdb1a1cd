import { Injectable } from '@nestjs/common';
import { extractIndexEntries, type FhirResource, parseJson, resourceTypes, searchParameterNumbers } from '#libs/fhir';
import { Db, placeholders, type Tx } from '../../database';
import { indexRows } from './index-rows';
import { insertIndexRows } from './index-writer';
import { indexTables, NO_PATIENT, SEVERAL_PATIENTS } from './tables';

const AT_ONCE = 500;

/** A part of the store whose index rows lie together: one chart, or one type of what is in no one chart. */
interface Part {
  patient: number;
  type?: string;
}

/**
 * Makes the search indexes anew from the stored bodies: for indexes or rules of extraction that came later than the
 * resources. Chart by chart, each in a transaction of its own, so that searches go on and see each chart as it was or as it is.
 */
@Injectable()
export class IndexRebuild {
  constructor(private readonly db: Db) {}

  /** Returns the number of resources. `tell` hears how many there were so far. */
  async run(tell: (count: number) => void = () => undefined): Promise<number> {
    let count = 0;
    for await (const part of this.parts()) {
      count += await this.db.transaction((tx) => rebuild(tx, part));
      tell(count);
    }
    return count;
  }

  private async *parts(): AsyncGenerator<Part> {
    for (const patient of [NO_PATIENT, SEVERAL_PATIENTS]) for (const type of resourceTypes) yield { patient, type };
    for (let last = NO_PATIENT; ; ) {
      const rows = await (await this.db.sql()).rows(`SELECT DISTINCT patient FROM fhir_resource WHERE patient > ? ORDER BY patient LIMIT ${AT_ONCE}`, [last]);
      for (const [patient] of rows) yield { patient: Number(patient) };
      if (rows.length < AT_ONCE) return;
      last = Number(rows.at(-1)![0]);
    }
  }
}

async function rebuild(tx: Tx, part: Part): Promise<number> {
  const ofType = part.type === undefined ? '' : ' AND type = ?';
  const params = [part.patient, ...(part.type === undefined ? [] : [part.type])];
  // Whoever is about to write one of these waits, and whoever is writing is waited for.
  await tx.run(`UPDATE fhir_resource SET version = version WHERE patient = ?${ofType}`, params);
  await removeRows(tx, part);
  let count = 0;
  for (let last = 0; ; ) {
    const rows = await tx.query<{ id: number; body: Buffer }>(`SELECT id, body FROM fhir_resource WHERE patient = ?${ofType} AND deleted = 0 AND id > ? ORDER BY id LIMIT ${AT_ONCE}`, [...params, last]);
    await insertIndexRows(tx, rows.map(({ id, body }) => indexRows(extractIndexEntries(parseJson(body.toString()) as FhirResource), part.patient, id)));
    count += rows.length;
    if (rows.length < AT_ONCE) return count;
    last = rows.at(-1)!.id;
  }
}

async function removeRows(tx: Tx, { patient, type }: Part): Promise<void> {
  const numbers = type === undefined ? [] : searchParameterNumbers(type);
  for (const { name } of Object.values(indexTables)) {
    if (type === undefined) await tx.run(`DELETE FROM ${name} WHERE patient = ?`, [patient]);
    else await tx.run(`DELETE FROM ${name} WHERE patient = ? AND param IN (${placeholders(numbers.length)})`, [patient, ...numbers]);
  }
}
