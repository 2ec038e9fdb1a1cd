/** What a run may be told by its environment; the defaults are meant to end within three minutes on two idle cores. */
export interface BenchSettings {
  /** `mysql`: MariaDB at TEST_MYSQL_URL. */
  database: 'sqlite' | 'mysql';
  /** Rounds of each comparison; medians are taken over these. */
  rounds: number;
  /** Seconds for which one side of a comparison is under load. */
  seconds: number;
  /** Connections that keep the server busy. */
  connections: number;
  /** Patients of the small population; each has a chart of some 200 resources. */
  patients: number;
  /** How many times larger the large population is. */
  growth: number;
  /** Measures reads slowed on purpose too, to see that the benchmark notices; see README.md. */
  regression: boolean;
}

const number = (name: string, otherwise: number): number => {
  const given = process.env[name];
  if (given === undefined) return otherwise;
  if (!/^\d+(\.\d+)?$/.test(given) || Number(given) === 0) throw new Error(`${name} must be a positive number.`);
  return Number(given);
};

export const benchSettings = (): BenchSettings => ({
  database: process.env.DB === 'mysql' ? 'mysql' : 'sqlite',
  rounds: number('BENCH_ROUNDS', 5),
  seconds: number('BENCH_SECONDS', 1),
  connections: number('BENCH_CONNECTIONS', 32),
  patients: number('BENCH_PATIENTS', 50),
  growth: number('BENCH_GROWTH', 10),
  regression: process.env.BENCH_REGRESSION === 'parse',
});
