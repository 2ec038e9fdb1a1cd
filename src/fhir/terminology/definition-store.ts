import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type FhirResource, parseJson, searchParameter } from '#libs/fhir';
import { type ConceptMapResource, newest, type TerminologyResource, type TerminologyType } from '#libs/terminology';
import { Db } from '../../database';
import { type Access, rulesFor, type Verb } from '../../kernel';
import { accessCondition } from '../search';
import { keyText, ResourceReader } from '../store';

interface Version { fhir_id: string; version: number }

/** So many stored definitions may share a URL. */
const MOST = 20;

/** A parsed code system may be large: what is kept is bounded by the bytes it was parsed from. */
const KEPT_BYTES = 48 * 1024 * 1024;

/** Code systems, value sets and concept maps written through FHIR, as far as the caller may see them. */
@Injectable()
export class DefinitionStore {
  private readonly parsed = new LRUCache<string, FhirResource>({ max: 500, maxSize: KEPT_BYTES });

  constructor(
    private readonly db: Db,
    private readonly reader: ResourceReader,
  ) {}

  /** By canonical URL; without a version the newest that is active, else the newest. */
  async find<T extends TerminologyResource>(access: Access, type: TerminologyType, url: string, version?: string): Promise<T | undefined> {
    const found = (await this.by(access, type, 'url', url)) as (T & { status?: string; version?: string })[];
    const fitting = found.filter((one) => version === undefined || one.version === version);
    const active = fitting.filter(({ status }) => status === 'active');
    return newest<T & { version?: string }>(active.length > 0 ? active : fitting);
  }

  /** Maps from, or to, a code system. */
  mapsBy(access: Access, end: 'source' | 'target', system: string): Promise<ConceptMapResource[]> {
    return this.by(access, 'ConceptMap', `${end}-system`, system) as Promise<ConceptMapResource[]>;
  }

  /** Throws `not-found` alike for what is not there and what is not the caller's. */
  async read<T extends TerminologyResource>(access: Access, type: TerminologyType, id: string): Promise<T> {
    const { version, body } = await this.reader.read(access, type, id);
    return this.parse(access, type, { fhir_id: id, version }, body) as T;
  }

  private async by(access: Access, type: TerminologyType, parameter: string, uri: string): Promise<FhirResource[]> {
    const verb = (['r', 's'] as Verb[]).find((one) => rulesFor(access, type, one).length > 0);
    if (!verb || uri === '') return [];
    const sql = await this.db.sql();
    const condition = await accessCondition(sql, access, type, verb, 'r');
    const versions = await sql.query<Version>(
      `SELECT r.fhir_id, r.version FROM fhir_resource r WHERE r.type = ? AND r.deleted = 0
       AND r.id IN (SELECT u.resource FROM fhir_index_uri u WHERE u.param = ? AND u.uri = ?) AND ${condition.sql} ORDER BY r.id DESC LIMIT ${MOST}`,
      [type, searchParameter(type, parameter)!.id, keyText(uri, 190), ...condition.params],
    );
    const found: FhirResource[] = [];
    for (const one of versions) found.push(this.parsed.get(keyOf(access, type, one)) ?? (await this.load(access, type, one)));
    return found;
  }

  /** The caller was found to see it; searching alone does not give the right to read. */
  private async load(access: Access, type: TerminologyType, one: Version): Promise<FhirResource> {
    const sql = await this.db.sql();
    const [row] = await sql.query<{ version: number; body: Buffer }>('SELECT version, body FROM fhir_resource WHERE type = ? AND fhir_id = ? AND deleted = 0', [type, one.fhir_id]);
    return row ? this.parse(access, type, { ...one, version: row.version }, row.body) : { resourceType: type };
  }

  private parse(access: Access, type: TerminologyType, one: Version, body: Buffer): FhirResource {
    const key = keyOf(access, type, one);
    const known = this.parsed.get(key);
    if (known) return known;
    const resource = parseJson(body.toString()) as FhirResource;
    this.parsed.set(key, resource, { size: Math.max(1, body.length) });
    return resource;
  }
}

/** What a version holds never changes. */
const keyOf = ({ site }: Access, type: TerminologyType, { fhir_id, version }: Version): string => `${site} ${type}/${fhir_id}/${version}`;
