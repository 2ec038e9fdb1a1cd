import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetInclude } from '../official-definitions';
import { identifier } from './literals';

/** Codes by system; `*` for a system whose codes are not known here, or are more than a filter can tell. */
type Codes = Map<string, Set<string> | '*'>;

/** The value sets that one release of a guide sees, and those of them that its profiles use. */
export class ReleaseValueSets {
  private readonly used = new Map<string, string>();

  constructor(
    private readonly valueSets: ReadonlyMap<string, ValueSet>,
    private readonly codeSystems: ReadonlyMap<string, CodeSystem>,
  ) {}

  /** The name of the constant that holds a value set; undefined where nothing can be said about its codes. */
  use(canonical: string): string | undefined {
    const url = canonical.split('|')[0] ?? canonical;
    const codes = this.expand(url);
    if (!codes || [...codes.keys()].includes('')) return undefined;
    const name = `VS_${identifier(url.replace(/^.*\/ValueSet\//, ''))}`;
    this.used.set(name, [...codes].map(([system, listed]) => `${system} ${listed === '*' ? '*' : [...listed].join(' ')}`).join('\n'));
    return name;
  }

  /** The constants of all that was used. */
  print(): string[] {
    return [...this.used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `const ${name} = codesOfSystems(\`${text}\`);`);
  }

  private expand(url: string): Codes | undefined {
    const compose = this.valueSets.get(url)?.compose;
    if (!compose) return undefined;
    const all: Codes = new Map();
    for (const include of compose.include) {
      const codes = this.included(include);
      if (!codes) return undefined;
      for (const [system, listed] of codes) add(all, system, listed);
    }
    for (const exclude of compose.exclude ?? []) this.subtract(all, exclude);
    return all;
  }

  private included(include: ValueSetInclude): Codes | undefined {
    if (include.valueSet) return this.expand(include.valueSet[0]?.split('|')[0] ?? '');
    const system = include.system?.split('|')[0] ?? '';
    if (include.concept) return new Map([[system, new Set(include.concept.map((concept) => concept.code))]]);
    const known = this.codeSystems.get(system);
    if (include.filter || known?.content !== 'complete') return new Map([[system, '*']]);
    return new Map([[system, new Set(flatten(known.concept ?? []))]]);
  }

  private subtract(all: Codes, { system, concept }: ValueSetInclude): void {
    const listed = all.get(system ?? '');
    if (listed instanceof Set) for (const { code } of concept ?? []) listed.delete(code);
  }
}

function add(all: Codes, system: string, listed: Set<string> | '*'): void {
  const before = all.get(system);
  all.set(system, before === '*' || listed === '*' ? '*' : new Set([...(before ?? []), ...listed]));
}

function flatten(concepts: CodeSystemConcept[]): string[] {
  return concepts.flatMap((concept) => [concept.code, ...flatten(concept.concept ?? [])]);
}
