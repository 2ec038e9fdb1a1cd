import { Injectable } from '@nestjs/common';
import type { Access } from '../../../kernel';
import { SearchService } from '../../search';
import type { StoredRow } from '../../search/include/stored-row';
import { NamedResources } from '../named-resources';
import type { Demographics } from './demographics';

/** So many of each way of looking: who is not among the first is told apart by what the others look at. */
const EACH = 100;

/** Patients worth a closer look, found by the search indexes and by nothing that the caller may not search. */
@Injectable()
export class Candidates {
  constructor(
    private readonly search: SearchService,
    private readonly resources: NamedResources,
  ) {}

  async find(access: Access, sought: Demographics): Promise<StoredRow[]> {
    const names = new Set<string>();
    for (const criteria of waysToLook(sought)) {
      for (const id of await this.search.ids(access, 'Patient', criteria, { limit: EACH })) names.add(`Patient/${id}`);
    }
    return this.resources.load(access, names);
  }
}

type Criteria = [string, string][];

/** By identifier; by telecom; by birth date with a name, or alone where no name is told; by the names together. */
function waysToLook({ identifiers, telecoms, families, givens, birthDate }: Demographics): Criteria[] {
  const [identifier, telecom, family, given] = [anyOf(identifiers.map(identifierValue)), anyOf(telecoms.map(escaped)), anyOf(families.map(escaped)), anyOf(givens.map(escaped))];
  const born: Criteria = birthDate ? [['birthdate', birthDate]] : [];
  return [
    ...(identifier ? [[['identifier', identifier]] as Criteria] : []),
    ...(telecom ? [[['telecom', telecom]] as Criteria] : []),
    ...(family ? [[['family', family], ...born] as Criteria] : []),
    ...(given && born.length > 0 ? [[['given', given], ...born] as Criteria] : []),
    ...(family && given ? [[['family', family], ['given', given]] as Criteria] : []),
    ...(!family && given && born.length === 0 ? [[['given', given]] as Criteria] : []),
    ...(!family && !given && born.length > 0 ? [born] : []),
  ];
}

/** What a value means in a search must not depend on the signs in it (R4 §3.1.1.4.2). */
const escaped = (text: string): string => text.replace(/[\\,|$]/g, (sign) => `\\${sign}`);

const MOST_VALUES = 8;
const anyOf = (values: readonly string[]): string => values.slice(0, MOST_VALUES).join(',');

function identifierValue(identifier: string): string {
  const at = identifier.indexOf('|');
  const [system, value] = [escaped(identifier.slice(0, at)), escaped(identifier.slice(at + 1))];
  return system === '' ? value : `${system}|${value}`;
}
