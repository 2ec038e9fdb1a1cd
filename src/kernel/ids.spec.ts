import { isUuid, newUuid, uuidFrom } from './ids';

describe('ids', () => {
  it('are uuids', () => expect([isUuid(newUuid()), isUuid(uuidFrom('a', 'b')), isUuid('x'), isUuid(`${newUuid()}0`)]).toEqual([true, true, false, false]));
  it('follow from their parts, and the parts keep apart', () => {
    expect(uuidFrom('a', 'b')).toBe(uuidFrom('a', 'b'));
    expect(uuidFrom('ab', '')).not.toBe(uuidFrom('a', 'b'));
  });
});
