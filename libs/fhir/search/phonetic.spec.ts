import { phoneticKeys } from './phonetic';

describe(phoneticKeys, () => {
  it.each([
    ['Robert', ['r163']], ['Rupert', ['r163']], ['Rubin', ['r150']], ['Ashcraft', ['a261']], ['Ashcroft', ['a261']], ['Tymczak', ['t522']], ['Pfister', ['p236']], ['Honeyman', ['h555']], ['Müller', ['m460']], ['Miller', ['m460']],
    ['Ann Marie', ['a500', 'm600']], ["O'Hara", ['o000', 'h600']], ['Weiß', ['w200']], ['Анна', ['анна']], ['Lee Leigh', ['l000', 'l200']], ['', []], ['--', []],
  ])('hears %s as %j', (text, keys) => {
    expect(phoneticKeys(text)).toEqual(keys);
  });
});
