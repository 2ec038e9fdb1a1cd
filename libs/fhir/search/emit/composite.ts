import type { CompositeEntry, IndexEntries } from '../index-entries';
import { noEntries } from '../no-entries';

type Emit = (out: IndexEntries) => void;

/** So many values of each component are combined. */
const MOST = 8;

/**
 * What one element holds for each component of a composite parameter, combined: the values that a search names
 * together must stand in the same element (R4 §3.1.1.4.14). One component yields tokens; it may come in any place.
 */
export function elementAsComposite(out: IndexEntries, param: number, ...components: Emit[]): void {
  const parts = components.map(entriesOf);
  const first = parts.find((part) => part.token.length > 0);
  if (!first) return;
  const beside = besides(parts.filter((part) => part !== first)).slice(0, MOST);
  for (const { system, code } of first.token.slice(0, MOST)) {
    for (const one of beside) out.composite.push({ param, system, code, ...one });
  }
}

/** Emitters are told the number 0, so that what they keep under companion numbers can be left out. */
function entriesOf(emit: Emit): IndexEntries {
  const out = noEntries();
  emit(out);
  return { ...out, token: out.token.filter((entry) => entry.param === 0), reference: out.reference.filter((entry) => entry.param === 0) };
}

type Beside = Pick<CompositeEntry, 'lo' | 'hi' | 'text' | 'system2'>;

function besides([first, second]: readonly IndexEntries[]): Beside[] {
  if (!first) return [];
  if (second) return first.quantity.flatMap((from) => second.quantity.map((to) => ({ lo: from.value, hi: to.value, text: '', system2: '' })));
  return [
    ...first.token.map(({ system, code }) => ({ lo: 0, hi: 0, text: code, system2: system })),
    ...first.quantity.map(({ lo, hi, code, system }) => ({ lo, hi, text: code, system2: system })),
    ...first.reference.map(({ target }) => ({ lo: 0, hi: 0, text: target, system2: '' })),
  ];
}
