import { lockAfter } from './sign-in-failures';

describe('lockAfter', () => {
  it('locks after the fifth failure, doubling up to a quarter of an hour', () => {
    expect([1, 4, 5, 6, 7, 10, 15, 1000].map((failures) => lockAfter(failures) / 1000)).toEqual([0, 0, 1, 2, 4, 32, 900, 900]);
  });
});
