export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/**
 * Measures every side once per round, in turn, so that what disturbs the machine disturbs all of them alike.
 * The first round warms up and is not counted. Returns the values of each side, round by round.
 */
export async function interleaved<Name extends string, Value>(rounds: number, sides: Record<Name, () => Promise<Value>>): Promise<Record<Name, Value[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as Value[]])) as Record<Name, Value[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const value = await sides[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}

/** The median over rounds of how `side` relates to `floor` in the same round. */
export const ratio = (side: readonly number[], floor: readonly number[]): number => median(side.map((value, round) => value / floor[round]!));
