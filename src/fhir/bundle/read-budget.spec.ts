import { clock } from '../../kernel';
import type { Entry } from './entry';
import { ReadBudget } from './read-budget';
import type { EntryResult } from './step';

const entry = { index: 0, method: 'GET', address: { type: 'Patient' } } as Entry;
const answered = (megabytes: number) => (): Promise<EntryResult> => Promise.resolve({ kind: 'read', entry, status: 200, body: Buffer.alloc(megabytes * 1024 * 1024) });

describe('what the reads of a Bundle may come to', () => {
  it('is spent by what they read, and is each Bundle’s own', async () => {
    const budget = new ReadBudget();
    for (let index = 0; index < 4; index++) await budget.spend(index, answered(16));
    const never = jest.fn(answered(0));
    await expect(budget.spend(4, never)).rejects.toMatchObject({ kind: 'too-large', problems: [{ path: 'Bundle.entry[4].request', rule: 'too-costly' }] });
    expect(never).not.toHaveBeenCalled();
    await expect(new ReadBudget().spend(0, answered(1))).resolves.toMatchObject({ kind: 'read' });
  });

  it('is spent by the time they take', async () => {
    const budget = new ReadBudget();
    const now = jest.spyOn(clock, 'now').mockReturnValue(clock.now() + 31_000);
    await expect(budget.spend(1, answered(0))).rejects.toMatchObject({ kind: 'too-large' });
    now.mockRestore();
  });
});
