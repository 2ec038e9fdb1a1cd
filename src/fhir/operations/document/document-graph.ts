import { Injectable } from '@nestjs/common';
import { type FhirResource, isResourceType, parseJson, referencesIn } from '#libs/fhir';
import { type Access, SalusError } from '../../../kernel';
import { nameOf, type StoredRow } from '../../search/include/stored-row';
import { NO_PATIENT } from '../../store/tables';
import { NamedResources } from '../named-resources';

/** A document larger than this is none that anybody signs. */
const MOST = 1000;
const MOST_BYTES = 32 * 1024 * 1024;
/** From the Composition to an Observation, its Specimen, who collected it, and where they work. */
const ROUNDS = 6;

const LOCAL = /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/;

/** What belongs to a document: the Composition and, directly or through others, what it refers to (R4 §2.22.4). */
@Injectable()
export class DocumentGraph {
  constructor(private readonly resources: NamedResources) {}

  /**
   * The Composition first, then what the caller may see of the rest. What is reached through others stays within the
   * Composition’s chart: whom a Patient is linked to has no part in it. Throws `unprocessable` where it is too much.
   */
  async of(access: Access, composition: string): Promise<StoredRow[]> {
    const [first] = await this.resources.load(access, new Set([`Composition/${composition}`]));
    if (!first) throw new SalusError('not-found', `Composition/${composition} is not known.`);
    const all = new Map([[nameOf(first), first]]);
    for (let round = 0, from = [first]; round < ROUNDS && from.length > 0; round++) {
      const names = new Set(from.flatMap(namedBy).filter((one) => !all.has(one)));
      if (all.size + names.size > MOST * 2) throw tooLarge();
      const found = await this.resources.load(access, names);
      from = round === 0 ? found : found.filter(({ patient }) => patient === NO_PATIENT || patient === first.patient);
      for (const row of from) all.set(nameOf(row), row);
      checkSize([...all.values()]);
    }
    return [...all.values()];
  }
}

function namedBy(row: StoredRow): string[] {
  return referencesIn(parseJson(row.body.toString()) as FhirResource).flatMap((reference) => {
    const [, type, id] = LOCAL.exec(reference) ?? [];
    return type && id && isResourceType(type) ? [`${type}/${id}`] : [];
  });
}

function checkSize(rows: readonly StoredRow[]): void {
  if (rows.length > MOST || rows.reduce((sum, { body }) => sum + body.length, 0) > MOST_BYTES) throw tooLarge();
}

function tooLarge(): SalusError {
  const message = `The document would hold more than ${MOST} resources, or more than ${MOST_BYTES / 1024 / 1024} MB.`;
  return new SalusError('unprocessable', message, [{ path: 'Composition', rule: 'too-costly', message }]);
}
