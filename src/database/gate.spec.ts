import { Gate } from './gate';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(Gate, () => {
  it('lets so many in at a time, in their order', async () => {
    const gate = new Gate(2, 10, () => new Error('full'));
    let [inside, most] = [0, 0];
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((one) => gate.pass(async () => {
      order.push(one);
      most = Math.max(most, ++inside);
      await pause(2);
      inside -= 1;
    })));
    expect([most, order]).toEqual([2, [1, 2, 3, 4, 5]]);
  });

  it('turns away who finds no seat, and nobody once it is empty again', async () => {
    const gate = new Gate(1, 1, () => new Error('full'));
    const first = gate.pass(() => pause(5));
    const second = gate.pass(() => pause(1));
    await expect(gate.pass(async () => 1)).rejects.toThrow('full');
    await Promise.all([first, second]);
    await expect(gate.pass(async () => 1)).resolves.toBe(1);
  });

  it('is left by failures too', async () => {
    const gate = new Gate(1, 0, () => new Error('full'));
    await expect(gate.pass(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    await expect(gate.pass(async () => 2)).resolves.toBe(2);
  });
});
