import { interleaved, median, ratio } from './rounds';

describe(median, () => {
  it.each([[[3, 1, 2], 2], [[4, 1, 3, 2], 2.5], [[7], 7]])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe(interleaved, () => {
  it('takes sides in turn, changes who goes first, and leaves the warm-up out', async () => {
    const order: string[] = [];
    const side = (name: string) => async () => order.push(name);
    expect(await interleaved(2, { a: side('a'), b: side('b') })).toEqual({ a: [4, 5], b: [3, 6] });
    expect(order.join('')).toBe('abbaab');
  });
});

describe(ratio, () => {
  it('compares within a round, so that a slow spell of the machine cancels out', () => {
    expect(ratio([80, 8, 40], [100, 10, 50])).toBeCloseTo(0.8);
  });
});
