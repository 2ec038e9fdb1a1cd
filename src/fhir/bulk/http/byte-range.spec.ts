import { byteRange } from './byte-range';

describe(byteRange.name, () => {
  it.each([
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=90-500', { start: 90, end: 100 }],
    ['bytes=-5', { start: 95, end: 100 }],
    ['bytes=-500', { start: 0, end: 100 }],
  ])('takes %s', (header, expected) => expect(byteRange(header, 100)).toEqual(expected));

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=100-', 'bytes=9-3', 'bytes=-0', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=a-b', `bytes=${'9'.repeat(400)}-`])('counts %j as none', (header) =>
    expect(byteRange(header, 100)).toBeUndefined());
});
