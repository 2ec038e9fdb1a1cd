import { Injectable } from '@nestjs/common';
import {
  builtIn, type CodeSystemResource, type ConceptMapResource, conceptSystem, type ConceptSystem, splitCanonical, type TerminologyResource, type TerminologySource, type TerminologyType, type ValueSetResource,
} from '#libs/terminology';
import { type Access, forbidden, rulesFor, SalusError } from '../../kernel';
import { DefinitionStore } from './definition-store';

const CORE = 'http://hl7.org/fhir/';
const REALM = 'http://hl7.org/fhir/us/';

/** What FHIR itself defines stays as it is, whatever is uploaded under its URLs. */
const isCore = (url: string): boolean => url.startsWith(CORE) && !url.startsWith(REALM);

/** Definitions by canonical URL or id: those of R4 and US Core, and those stored here that the caller may see. */
@Injectable()
export class Definitions {
  constructor(private readonly store: DefinitionStore) {}

  /** Throws `forbidden` where the token has no right to `type` at all. */
  require(access: Access, type: TerminologyType): void {
    if (rulesFor(access, type, 'r').length > 0 || rulesFor(access, type, 's').length > 0) return;
    throw forbidden(`The token does not allow to read or search ${type}.`);
  }

  async find<T extends TerminologyResource>(access: Access, type: TerminologyType, url: string, version?: string): Promise<T | undefined> {
    const own = builtIn.find<T>(type, url, version);
    if (own && isCore(url) && own.content !== 'not-present') return own;
    return (await this.store.find<T>(access, type, url, version)) ?? own;
  }

  /** Throws `not-found`. */
  async get<T extends TerminologyResource>(access: Access, type: TerminologyType, canonical: string, version?: string): Promise<T> {
    const { url, version: named } = splitCanonical(canonical);
    const found = await this.find<T>(access, type, url, version ?? named);
    if (!found) throw absent(`The ${type} ${canonical.slice(0, 200)}${version ? ` in version ${version.slice(0, 64)}` : ''}`, type);
    return found;
  }

  /** The stored one, else the one published under this id. */
  async read<T extends TerminologyResource>(access: Access, type: TerminologyType, id: string): Promise<T> {
    try {
      return await this.store.read<T>(access, type, id);
    } catch (error) {
      const own = error instanceof SalusError && error.kind === 'not-found' ? builtIn.byId<T>(type, id) : undefined;
      if (own) return own;
      throw error;
    }
  }

  /** Throws `not-found` for a code system that is not at hand with its codes. */
  async system(access: Access, url: string, version?: string): Promise<ConceptSystem> {
    const resource = await this.get<CodeSystemResource>(access, 'CodeSystem', url, version);
    if (resource.content === 'not-present') throw absent(`The content of the code system ${url.slice(0, 200)}`, 'CodeSystem');
    return conceptSystem(resource);
  }

  mapsBy(access: Access, end: 'source' | 'target', system: string): Promise<ConceptMapResource[]> {
    return this.store.mapsBy(access, end, system);
  }

  /** For value sets that include others. */
  sourceFor(access: Access): TerminologySource {
    return {
      codeSystem: (url, version) => this.find<CodeSystemResource>(access, 'CodeSystem', url, version),
      valueSet: (url, version) => this.find<ValueSetResource>(access, 'ValueSet', url, version),
    };
  }
}

/** Licensed code systems such as LOINC and SNOMED CT do not come along: whoever has them brings them. */
const absent = (what: string, type: TerminologyType) => new SalusError('not-found', `${what} was not found. Upload it as a ${type}.`);
