import { foldText } from './fold-text';

describe(foldText, () => {
  it.each([['José', 'jose'], ['NGUYỄN', 'nguyen'], ['Straße', 'strasse'], ['  a \n b ', 'a b'], ['Ångström', 'angstrom'], ['日本', '日本'], ['', '']])('folds %j to %j', (text, folded) => expect(foldText(text)).toBe(folded));
});
