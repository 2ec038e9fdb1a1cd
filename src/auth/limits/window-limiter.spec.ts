import { clock } from '../../kernel';
import { WindowLimiter } from './window-limiter';

describe(WindowLimiter.name, () => {
  afterEach(() => jest.restoreAllMocks());

  it('lets a key through until its window is full, then says how long to wait, then forgives', () => {
    const now = jest.spyOn(clock, 'now').mockReturnValue(1000);
    const limiter = new WindowLimiter(2, 10_000);
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 10]);
    expect(limiter.take('b')).toBe(0);
    now.mockReturnValue(8000);
    expect(limiter.blocked('a')).toBe(3);
    now.mockReturnValue(11_000);
    expect(limiter.take('a')).toBe(0);
  });
});
