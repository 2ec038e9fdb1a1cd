/** One line of the result: how something does in relation to what it is held against. */
export interface Measure {
  name: string;
  /** What is compared, in its own unit (medians). */
  value: number;
  against: number;
  unit: string;
  /** The median over rounds of one to the other. */
  ratio: number;
  /** The same by processor time of the serving thread: steadier on a busy machine, blind to what the database server spends. */
  cpuRatio?: number;
  /** What is aimed at. */
  goal: { atLeast: number } | { atMost: number };
}

export const meets = ({ ratio, goal }: Measure): boolean => ('atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost);
