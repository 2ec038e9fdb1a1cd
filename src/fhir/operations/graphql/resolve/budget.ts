import { SalusError } from '../../../../kernel';

/** What one query may cost while it runs. */
const MOST = { resources: 2000, searches: 50, fields: 200_000 } as const;

const ADVICE = { resources: 'resources', searches: 'searches', fields: 'fields of resources' } as const;

/** Counts what a query does; past the limit the rest of it fails, and says so. */
export class Budget {
  private readonly spent = { resources: 0, searches: 0, fields: 0 };

  spend(what: keyof typeof MOST, count = 1): void {
    this.spent[what] += count;
    if (this.spent[what] <= MOST[what]) return;
    const message = `The query needs more than ${MOST[what]} ${ADVICE[what]}; ask for less at a time, with narrower lists or a smaller _count.`;
    throw new SalusError('unprocessable', message, [{ rule: 'too-costly', message }]);
  }
}
