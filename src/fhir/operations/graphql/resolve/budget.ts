import { clock, SalusError } from '../../../../kernel';

/** What one query may cost while it runs. */
const MOST = { resources: 2000, searches: 50, fields: 200_000 } as const;

const ADVICE = { resources: 'resources', searches: 'searches', fields: 'fields of resources' } as const;

/** Each search has a deadline of its own; this is for all of them together. */
const MOST_MS = 10_000;

/** Counts what a query does; past the limit the rest of it fails, and says so. */
export class Budget {
  private readonly begun = clock.now();
  private readonly spent = { resources: 0, searches: 0, fields: 0 };

  spend(what: keyof typeof MOST, count = 1): void {
    this.spent[what] += count;
    if (this.spent[what] > MOST[what]) throw tooDear(`more than ${MOST[what]} ${ADVICE[what]}`);
    if (what !== 'fields' && clock.now() - this.begun > MOST_MS) throw tooDear(`longer than ${MOST_MS / 1000} seconds`);
  }
}

function tooDear(what: string): SalusError {
  const message = `The query needs ${what}; ask for less at a time, with narrower lists or a smaller _count.`;
  return new SalusError('unprocessable', message, [{ rule: 'too-costly', message }]);
}
