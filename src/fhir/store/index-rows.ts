import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { IndexEntries, IndexKind } from '#libs/fhir';
import type { SqlValue } from '../../database';
import { foldText } from '../../kernel';
import { indexTables } from './tables';

/** Rows of one resource in one index table, in the column order of its definition. */
export type IndexRows = Record<IndexKind, SqlValue[][]>;

const systems = new LRUCache<string, number>({ max: 10_000 });

/** 52 bits of SHA-256: exact in a JavaScript number, and no two known systems share one. 0 stands for “no system”. */
export function systemHash(system: string): number {
  if (system === '') return 0;
  let hash = systems.get(system);
  if (hash === undefined) {
    hash = Number.parseInt(createHash('sha256').update(system).digest('hex').slice(0, 13), 16) || 1;
    systems.set(system, hash);
  }
  return hash;
}

/** Text too long for a key keeps its beginning and a hash of the whole, so that equality still means equality. */
export function keyText(text: string, size: number): string {
  if (text.length <= size) return text;
  return `${text.slice(0, size - 33)}~${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** What a string is searched by: folded for the default and `:contains`, cut (without hash) so that prefixes still match. */
export const foldedKey = (text: string): string => foldText(text).slice(0, 128);
export const exactKey = (text: string): string => text.slice(0, 128);

/** The index rows of a resource. Columns: patient, param, value columns, resource. */
export function indexRows(entries: IndexEntries, patient: number, resource: number): IndexRows {
  return {
    token: unique(entries.token.map((e) => [patient, e.param, keyText(e.code, 128), systemHash(e.system), resource])),
    string: unique(entries.string.map((e) => [patient, e.param, foldedKey(e.value), exactKey(e.value), resource])),
    date: unique(entries.date.map((e) => [patient, e.param, e.lo, e.hi, resource])),
    reference: unique(entries.reference.map((e) => [patient, e.param, keyText(e.target, 190), resource])),
    quantity: unique(entries.quantity.map((e) => [patient, e.param, e.lo, e.hi, keyText(e.code, 64), systemHash(e.system), resource])),
    uri: unique(entries.uri.map((e) => [patient, e.param, keyText(e.value, 190), resource])),
    composite: unique(entries.composite.map((e) => [patient, e.param, keyText(e.code, 128), systemHash(e.system), e.lo, e.hi, keyText(e.text, 190), systemHash(e.system2), resource])),
    position: unique(entries.position.map((e) => [patient, e.param, e.z, e.x, e.y, resource])),
    text: entries.text.flatMap((e) => textRow(e, patient, resource)),
  };
}

/** As many characters of a resource's text are searched. */
const MOST_TEXT = 16_000;

/** Folded text as words with one space between them, before and after. */
export function words(text: string): string {
  const found = foldText(text).match(/[\p{L}\p{N}]+/gu);
  return found ? ` ${found.join(' ').slice(0, MOST_TEXT)} ` : '';
}

function textRow({ param, value }: IndexEntries['text'][number], patient: number, resource: number): SqlValue[][] {
  const found = words(value);
  return found === '' ? [] : [[patient, param, found, resource]];
}

/** A resource may hold the same coding twice; the key holds it once. */
function unique(rows: SqlValue[][]): SqlValue[][] {
  if (rows.length < 2) return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = row.join('\u0000');
    return seen.has(key) ? false : seen.add(key);
  });
}

export const indexKinds = Object.keys(indexTables) as IndexKind[];
