import { Injectable } from '@nestjs/common';
import { type Concept, type SearchCode, searchCodes, type ValueSetResource, withAncestors, withDescendants } from '#libs/terminology';
import { type Access, notFound } from '../../kernel';
import { answered } from './answered';
import { Definitions } from './definitions';

const LOCAL = /^ValueSet\/([A-Za-z0-9\-.]{1,64})$/;

/** The codes behind the token modifiers `:in`, `:not-in`, `:above` and `:below` (R4 §3.1.1.5.10). */
@Injectable()
export class SearchTerminology {
  constructor(private readonly definitions: Definitions) {}

  /** `valueSet` is a canonical, with or without version, or `ValueSet/id`. A code left open stands for all of its system. */
  async codesIn(access: Access, valueSet: string): Promise<SearchCode[]> {
    this.definitions.require(access, 'ValueSet');
    const id = LOCAL.exec(valueSet)?.[1];
    const found = await (id === undefined ? this.definitions.get<ValueSetResource>(access, 'ValueSet', valueSet) : this.definitions.read<ValueSetResource>(access, 'ValueSet', id));
    return answered(() => searchCodes(found, this.definitions.sourceFor(access)));
  }

  /** The code and all that it subsumes. */
  codesBelow(access: Access, system: string, code: string): Promise<SearchCode[]> {
    return this.reached(access, system, code, withDescendants);
  }

  /** The code and all that subsume it. */
  codesAbove(access: Access, system: string, code: string): Promise<SearchCode[]> {
    return this.reached(access, system, code, withAncestors);
  }

  private async reached(access: Access, url: string, code: string, reach: (concept: Concept) => Set<Concept>): Promise<SearchCode[]> {
    this.definitions.require(access, 'CodeSystem');
    const system = await this.definitions.system(access, url);
    const concept = system.concept(code);
    if (!concept) throw notFound(`The code “${code.slice(0, 64)}” of ${url.slice(0, 200)}`);
    return [...reach(concept)].map((one) => ({ system: url, code: one.code }));
  }
}
