import { mergeChanges } from './merge';

describe(mergeChanges, () => {
  const merge = (before: object, after: object, stored: object) => mergeChanges(before as never, after as never, stored as never);

  it('changes nothing when both renderings agree, whatever is stored', () => {
    const stored = { gender: 'male', photo: [{ url: 'x' }] };
    expect(merge({ gender: 'female' }, { gender: 'female' }, stored)).toEqual(stored);
  });

  it('changes the element whose rendering changed and keeps its neighbours', () => {
    const stored = { birthDate: '1972-02', gender: 'male', multipleBirthInteger: 2 };
    expect(merge({ birthDate: '1972-02-01' }, { birthDate: '1972-02-09' }, stored)).toEqual({ ...stored, birthDate: '1972-02-09' });
  });

  it('edits the array item that the row stands for, found by what it says', () => {
    const stored = { telecom: [{ system: 'fax', value: '3' }, { system: 'phone', use: 'home', value: '1', rank: 1 }] };
    const result = merge({ telecom: [{ system: 'phone', use: 'home', value: '1' }] }, { telecom: [{ system: 'phone', use: 'home', value: '2' }] }, stored);
    expect(result).toEqual({ telecom: [{ system: 'fax', value: '3' }, { system: 'phone', use: 'home', value: '2', rank: 1 }] });
  });

  it('adds a new item and keeps items the row does not know', () => {
    const stored = { telecom: [{ system: 'fax', value: '3' }] };
    expect(merge({}, { telecom: [{ system: 'email', value: 'a@b' }] }, stored)).toEqual({ telecom: [{ system: 'fax', value: '3' }, { system: 'email', value: 'a@b' }] });
  });

  it('adds nothing for an item that did not change, though it is stored in other words', () => {
    const stored = { identifier: [{ system: 'urn:hospital', value: 'H-1' }, { system: 'ssn', value: '1' }] };
    const before = { identifier: [{ system: 'house', value: 'H-1' }, { system: 'ssn', value: '1' }] };
    const after = { identifier: [{ system: 'house', value: 'H-1' }, { system: 'ssn', value: '2' }] };
    expect(merge(before, after, stored)).toEqual({ identifier: [stored.identifier[0], { system: 'ssn', value: '2' }] });
  });

  it('removes only the item whose column was emptied', () => {
    const stored = { telecom: [{ system: 'fax', value: '3' }, { system: 'email', value: 'a@b' }] };
    expect(merge({ telecom: [{ system: 'email', value: 'a@b' }] }, {}, stored)).toEqual({ telecom: [{ system: 'fax', value: '3' }] });
  });

  it('puts a new item in the place of the one it replaces', () => {
    const stored = { reasonCode: [{ text: 'Chest pain', coding: [{ code: '1' }] }, { text: 'Cough' }] };
    expect(merge({ reasonCode: [{ text: 'Chest pain' }] }, { reasonCode: [{ text: 'Fever' }] }, stored)).toEqual({ reasonCode: [{ text: 'Fever' }, { text: 'Cough' }] });
  });

  it('removes the element when nothing of it is left', () => {
    expect(merge({ telecom: [{ system: 'email', value: 'a' }] }, {}, { telecom: [{ system: 'email', value: 'a' }] })).toEqual({});
  });

  it('edits inside a name without losing its extensions', () => {
    const stored = { name: [{ use: 'old', family: 'A' }, { use: 'official', family: 'B', given: ['C', 'D'], extension: [{ url: 'u' }] }] };
    const before = { name: [{ use: 'official', family: 'B', given: ['C', 'D'] }] };
    const after = { name: [{ use: 'official', family: 'Z', given: ['C', 'D'] }] };
    expect(merge(before, after, stored)).toEqual({ name: [stored.name[0], { ...stored.name[1], family: 'Z' }] });
  });

  it('keeps the wording of a unit that stays the same', () => {
    const stored = { valueQuantity: { value: 70, unit: 'beats/minute', code: '/min', system: 'u' } };
    const before = { valueQuantity: { value: 70, unit: '/min', code: '/min', system: 'u' } };
    expect(merge(before, { valueQuantity: { ...before.valueQuantity, value: 80 } }, stored)).toEqual({ valueQuantity: { ...stored.valueQuantity, value: 80 } });
  });

  it('adds to an element that is there already', () => {
    expect(merge({}, { code: { text: 'x' } }, { code: { coding: [{ code: 'a' }] } })).toEqual({ code: { coding: [{ code: 'a' }], text: 'x' } });
  });

  it('keeps the order of plain values', () => {
    const stored = { given: ['C', 'D'], period: {} };
    expect(merge({ given: ['C', 'D'] }, { given: ['X', 'D'] }, stored)).toEqual({ given: ['X', 'D'], period: {} });
  });

  it('replaces a quantity whole, so that value and unit cannot disagree', () => {
    const stored = { valueQuantity: { value: 70, unit: 'kg', code: 'kg', system: 'u', extension: [{ url: 'e' }] } };
    const before = { valueQuantity: { value: 154.32, unit: 'lb', code: '[lb_av]', system: 'u' } };
    const after = { valueQuantity: { value: 160, unit: 'lb', code: '[lb_av]', system: 'u' } };
    expect(merge(before, after, stored)).toEqual({ valueQuantity: { ...after.valueQuantity, extension: [{ url: 'e' }] } });
  });
});
