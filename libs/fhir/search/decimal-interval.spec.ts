import { decimalInterval } from './decimal-interval';

describe(decimalInterval, () => {
  it.each([
    ['100', 99.5, 100.5],
    ['100.00', 99.995, 100.005],
    ['1e2', 50, 150],
    ['1.0e2', 95, 105],
    ['5.4', 5.35, 5.45],
    ['0', -0.5, 0.5],
    ['-5.4', -5.45, -5.35],
    ['0.001', 0.0005, 0.0015],
    ['1E-3', 0.0005, 0.0015],
  ])('takes %s for [%d, %d)', (literal, lo, hi) => {
    expect(decimalInterval(literal)).toEqual({ lo, hi });
  });

  it('nests the interval of a finer literal in that of a coarser one', () => {
    const [coarse, fine] = [decimalInterval('5.4'), decimalInterval('5.40')];
    expect(fine?.lo).toBeGreaterThan(coarse?.lo ?? Number.NaN);
    expect(fine?.hi).toBeLessThan(coarse?.hi ?? Number.NaN);
  });

  it('keeps the value itself inside where it is finer than a double, and stays finite where it is larger than one', () => {
    const fine = decimalInterval('1.23456789012345678901234567890');
    expect(fine?.lo).toBeLessThanOrEqual(1.2345678901234567);
    expect(fine?.hi).toBeGreaterThan(1.2345678901234567);
    for (const literal of ['1e400', '-1e400', `1${'0'.repeat(500)}`]) {
      const interval = decimalInterval(literal);
      expect(Number.isFinite(interval?.lo) && Number.isFinite(interval?.hi)).toBe(true);
    }
  });

  it.each(['', '-', '1.', '.5', '1e', 'abc', '1,5', 'NaN'])('takes %p for no number', (literal) => {
    expect(decimalInterval(literal)).toBeUndefined();
  });
});
