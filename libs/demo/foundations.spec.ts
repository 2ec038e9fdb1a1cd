import { addDays, addMonths, daysBetween, instantAt, workday, yearsBetween } from './calendar';
import { headPercentile, massIndexPercentile, statureAt, weightForLengthPercentile } from './clinical/growth';
import { demoNpi, stableUuid } from './identity';
import { Random } from './random';

describe('Random', () => {
  it('draws the same numbers from the same seed and others from another', () => {
    const draw = (...seed: number[]) => {
      const random = new Random(...seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draw(1, 7)).toEqual(draw(1, 7));
    expect(draw(1, 7)).not.toEqual(draw(1, 8));
    expect(draw(1, 17)).not.toEqual(draw(11, 7));
  });

  it('keeps within bounds and reaches both ends', () => {
    const random = new Random('bounds');
    const drawn = Array.from({ length: 500 }, () => random.integer(2, 5));
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([2, 5]);
  });

  it('picks by weight and never what weighs nothing', () => {
    const random = new Random('weights');
    const drawn = Array.from({ length: 1000 }, () =>
      random.pickWeighted([
        [3, 'often'],
        [1, 'seldom'],
        [0, 'never'],
      ] as const),
    );
    expect(drawn).not.toContain('never');
    expect(drawn.filter((choice) => choice === 'often').length).toBeGreaterThan(650);
  });

  it('stays within two and a half deviations of the mean', () => {
    const random = new Random('normal');
    const drawn = Array.from({ length: 2000 }, () => random.around(100, 10));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(75);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(125);
    expect(Math.abs(drawn.reduce((sum, value) => sum + value, 0) / drawn.length - 100)).toBeLessThan(1);
  });
});

describe('calendar', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-03-15', -3, '2023-12-15'],
  ])('moves %s by %i months to %s', (from, months, to) => expect(addMonths(from, months)).toBe(to));

  it('counts completed years only', () => {
    expect(yearsBetween('1972-02-09', '2026-02-08')).toBe(53);
    expect(yearsBetween('1972-02-09', '2026-02-09')).toBe(54);
  });

  it('moves weekends back to Friday and leaves working days', () => {
    expect(workday('2026-11-01')).toBe('2026-10-30');
    expect(workday('2026-10-31')).toBe('2026-10-30');
    expect(workday('2026-11-02')).toBe('2026-11-02');
  });

  it('runs minutes past midnight into the next day', () => {
    expect(instantAt('2026-02-28', 1441)).toBe('2026-03-01T00:01:00-07:00');
    expect(daysBetween('2026-02-28', addDays('2026-02-28', 3))).toBe(3);
  });
});

describe('identity', () => {
  it('gives one name one UUID', () => {
    expect(stableUuid('a', 1)).toBe(stableUuid('a', 1));
    expect(stableUuid('a', 1)).not.toBe(stableUuid('a', 2));
  });

  it.each([1, 42, 101, 99999])('gives provider %i a number whose check digit holds', (serial) => {
    const npi = demoNpi(serial);
    const sum = [...`80840${npi}`].reverse().reduce((total, digit, place) => {
      const doubled = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
      return total + Math.floor(doubled / 10) + (doubled % 10);
    }, 0);
    expect(npi).toMatch(/^9\d{9}$/);
    expect(sum % 10).toBe(0);
  });
});

describe('growth', () => {
  const median = { heightScore: 0, weightScore: 0, headScore: 0, adultHeight: 0, adultWeight: 0 };

  it.each([0, 2, 9, 24, 30, 120])('puts the median child of %i months on the fiftieth percentile', (months) => {
    const stature = statureAt('female', months, median);
    expect(massIndexPercentile('female', months, stature)).toBeCloseTo(50, -0.5);
    expect(weightForLengthPercentile('female', stature)).toBeCloseTo(50, -0.5);
    expect(headPercentile('female', months, stature.head)).toBeCloseTo(50, -0.5);
  });

  it('puts two deviations above at about the ninety-eighth', () => {
    const { head } = statureAt('male', 12, { ...median, headScore: 2 });
    expect(headPercentile('male', 12, head)).toBeGreaterThan(97);
  });

  it('never lets a child shrink', () => {
    const heights = Array.from({ length: 217 }, (_, months) => statureAt('male', months, median).height);
    expect(heights).toEqual([...heights].sort((one, other) => one - other));
  });
});
