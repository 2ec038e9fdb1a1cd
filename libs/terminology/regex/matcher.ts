import { TerminologyError } from '../terminology-error';
import { type CharacterTest, parsePattern, type Pattern } from './parse-pattern';

interface State {
  /** Absent: passes on without reading. */
  test?: CharacterTest;
  next: State[];
}

const MAX_STATES = 2_000;
/** Longer values are cut: a code is short. */
const MAX_VALUE = 1_000;
/** States looked at for all texts together: some tenths of a second. */
const MAX_WORK = 20_000_000;

/**
 * Tells whether a whole text matches. Runs all alternatives at once, so the time grows with the text and never beyond.
 * One matcher serves a limited number of texts, which for plain expressions is some millions.
 */
export function wholeTextMatcher(expression: string): (text: string) => boolean {
  const end: State = { next: [] };
  const start = new Automaton().build(parsePattern(expression), end);
  let work = 0;
  return (text) => {
    let states = closure([start]);
    for (const character of text.slice(0, MAX_VALUE)) {
      work += states.size;
      if (work > MAX_WORK) throw new TerminologyError('too-costly', 'The regular expression is too dear for so many codes; use a simpler one.');
      states = closure([...states].filter((state) => state.test?.(character)).flatMap((state) => state.next));
      if (states.size === 0) return false;
    }
    return states.has(end);
  };
}

class Automaton {
  private count = 0;

  /** The state at which `pattern` begins, leading on to `next`. Built from the end. */
  build(pattern: Pattern, next: State): State {
    switch (pattern.kind) {
      case 'character': return this.state({ test: pattern.test, next: [next] });
      case 'sequence': return pattern.of.reduceRight((after, part) => this.build(part, after), next);
      case 'choice': return this.state({ next: pattern.of.map((part) => this.build(part, next)) });
      case 'repeat': return this.repeat(pattern.of, pattern.min, pattern.max, next);
    }
  }

  private repeat(of: Pattern, min: number, max: number, next: State): State {
    let state = max === Number.POSITIVE_INFINITY ? this.loop(of, next) : next;
    if (max !== Number.POSITIVE_INFINITY) for (let count = min; count < max; count++) state = this.state({ next: [this.build(of, state), next] });
    for (let count = 0; count < min; count++) state = this.build(of, state);
    return state;
  }

  private loop(of: Pattern, next: State): State {
    const again = this.state({ next: [next] });
    again.next.push(this.build(of, again));
    return again;
  }

  private state(state: State): State {
    this.count += 1;
    if (this.count > MAX_STATES) throw new TerminologyError('too-costly', 'The regular expression repeats too much; use fewer repetitions.');
    return state;
  }
}

/** With all states that are reached without reading. */
function closure(states: State[]): Set<State> {
  const reached = new Set(states);
  for (const state of reached) if (!state.test) for (const next of state.next) reached.add(next);
  return reached;
}
