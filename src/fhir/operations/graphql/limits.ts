import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { invalid, type SalusError } from '../../../kernel';
import { checkIntrospection } from './introspection';
import { type Fragments, fragmentsOf } from './selection';

/** Before anything is run: of the text, of what it comes to with its fragments, and of how deep it goes. */
export const LIMITS = { characters: 20_000, tokens: 4000, fields: 1000, depth: 16, aliases: 60, fragments: 60, introspections: 10 } as const;

interface Extent {
  fields: number;
  depth: number;
}

/** Throws `invalid` (too-costly) for a query that is larger than what anybody needs. Names no value of it. */
export function checkExtent(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  if (fragments.size > LIMITS.fragments) throw tooLarge('fragments', LIMITS.fragments);
  const reach = new Reach(fragments);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { fields, depth } = reach.of(definition.selectionSet);
    if (fields > LIMITS.fields) throw tooLarge('fields', LIMITS.fields);
    if (depth > LIMITS.depth) throw tooLarge('levels', LIMITS.depth);
  }
  if (reach.aliases > LIMITS.aliases) throw tooLarge('aliases', LIMITS.aliases);
  if (checkIntrospection(document, fragments) > LIMITS.introspections) throw tooLarge('looks at the schema', LIMITS.introspections);
}

/** Each fragment is looked into once, however often it is used; one that holds itself counts as endless. */
class Reach {
  aliases = 0;
  private readonly known = new Map<string, Extent>();
  private readonly open = new Set<string>();

  constructor(private readonly fragments: Fragments) {}

  of(set: SelectionSetNode | undefined): Extent {
    const extent = { fields: 0, depth: 0 };
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD && selection.alias) this.aliases += 1;
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragment(selection.name.value) : this.of(selection.selectionSet);
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      extent.fields += inner.fields + own;
      extent.depth = Math.max(extent.depth, inner.depth + own);
    }
    return extent;
  }

  private fragment(name: string): Extent {
    const known = this.known.get(name);
    if (known) return known;
    if (this.open.has(name)) throw invalid('A fragment of the query holds itself.', [{ path: 'query', rule: 'invalid', message: 'A fragment holds itself.' }]);
    this.open.add(name);
    const extent = this.of(this.fragments.get(name)?.selectionSet);
    this.open.delete(name);
    this.known.set(name, extent);
    return extent;
  }
}

export function tooLarge(what: string, most: number): SalusError {
  const message = `The query has more than ${most} ${what}; split it.`;
  return invalid(message, [{ path: 'query', rule: 'too-costly', message }]);
}
