import { extractIndexEntries, type FhirResource, type TokenEntry } from '#libs/fhir';
import { type Criteria, isTokenTest } from './criteria';

interface Candidate {
  id: string;
  resource: FhirResource;
}

/** Tokens of candidates by parameter and code. */
type Tokens = Map<string, { system: string; id: string }[]>;

/**
 * Resources that the Bundle itself is about to store, found by criteria made of plain tokens. Criteria of another
 * kind (names, dates) see what is stored already and nothing else.
 */
export class BundleMatches {
  private readonly candidates = new Map<string, Candidate[]>();
  private readonly names = new Set<string>();
  private readonly tokens = new Map<string, { upTo: number; tokens: Tokens }>();

  add(type: string, id: string, resource: FhirResource): void {
    this.names.add(`${type}/${id}`);
    const list = this.candidates.get(type);
    if (list) list.push({ id, resource });
    else this.candidates.set(type, [{ id, resource }]);
  }

  has(type: string, id: string): boolean {
    return this.names.has(`${type}/${id}`);
  }

  /** Ids that match, or undefined where these criteria cannot be judged here. */
  find({ type, filters }: Criteria): Set<string> | undefined {
    if (!filters.every(isTokenTest)) return undefined;
    const tokens = this.tokensOf(type);
    const sets = filters.filter(isTokenTest).map(({ parameter, values }) => new Set(values.flatMap(({ system, code }) => matching(tokens, parameter.id, code, system))));
    const [first, ...others] = sets;
    return new Set([...first!].filter((id) => others.every((one) => one.has(id))));
  }

  /** Indexed as far as candidates are known; resumes where it stopped. */
  private tokensOf(type: string): Tokens {
    const known = this.tokens.get(type) ?? { upTo: 0, tokens: new Map() };
    this.tokens.set(type, known);
    const candidates = this.candidates.get(type) ?? [];
    for (; known.upTo < candidates.length; known.upTo++) note(known.tokens, candidates[known.upTo]!);
    return known.tokens;
  }
}

function note(tokens: Tokens, { id, resource }: Candidate): void {
  for (const { param, system, code } of extractIndexEntries(resource).token as TokenEntry[]) {
    for (const key of [`${param} ${code}`, `${param}`]) {
      const list = tokens.get(key);
      if (list) list.push({ system, id });
      else tokens.set(key, [{ system, id }]);
    }
  }
}

/** `system|` leaves the code open; without a bar any system will do. */
function matching(tokens: Tokens, param: number, code: string | undefined, system: string | undefined): string[] {
  const found = tokens.get(code === undefined ? `${param}` : `${param} ${code}`) ?? [];
  return found.filter((token) => system === undefined || token.system === system).map((token) => token.id);
}
