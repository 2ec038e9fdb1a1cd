import { wholeTextMatcher } from './matcher';

describe('wholeTextMatcher', () => {
  it.each([
    ['[A-Z]{3}', 'USA', true],
    ['[A-Z]{3}', 'USAX', false],
    ['[0-9]{3}', '12', false],
    ['a(b|c)*d?', 'abcbc', true],
    ['a(b|c)*d?', 'abce', false],
    ['^\\d+-\\d$', '1234-5', true],
    ['[^a-c]+', 'xyz', true],
    ['[^a-c]+', 'xaz', false],
    ['a{2,3}', 'aaaa', false],
    ['a{2,}', 'aaaaa', true],
    ['\\.\\*', '.*', true],
    ['(?:ab)+?', 'abab', true],
    ['', '', true],
  ])('%s on %s gives %s', (pattern, text, expected) => expect(wholeTextMatcher(pattern)(text)).toBe(expected));

  it.each(['(?=a)', '(a)\\1', '(', 'a{2', '[a', '*a', 'a{1000}', '[z-a]', '\\p{L}', 'x'.repeat(201)])('refuses %s', (pattern) => {
    expect(() => wholeTextMatcher(pattern)).toThrow(/expression/);
  });

  it('gives up on a dear expression over many texts, soon', () => {
    const matches = wholeTextMatcher('(a?){100}(a?){100}(a?){100}(a?){100}b');
    const started = performance.now();
    expect(() => { for (;;) matches('a'.repeat(100)); }).toThrow('too dear');
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('refuses nested repetitions that would make a huge automaton', () => {
    expect(() => wholeTextMatcher('((a{100}){100}){100}')).toThrow('repeats too much');
  });

  it.each(['(a+)+b', '(a|a)*b', '(a|aa)+$', '(.*)*x'])('answers %s on 50 kB of hostile text in linear time', (pattern) => {
    const matches = wholeTextMatcher(pattern);
    const started = performance.now();
    matches('a'.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(50);
  });
});
