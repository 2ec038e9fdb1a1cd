const EVERY_MS = 100;
const WIDTH = 24;

export interface Step {
  /** Of 1; undefined while the end is not known. */
  share?: number;
  count: number;
  /** What is counted: “resources”. */
  unit: string;
}

/** A line on standard error that says how far long work is, how fast, and how long it will take. Silent where nobody watches. */
export class Progress {
  private readonly started = Date.now();
  private last = 0;

  constructor(private readonly on = process.stderr.isTTY === true) {}

  tell(step: Step): void {
    if (!this.on || Date.now() - this.last < EVERY_MS) return;
    this.last = Date.now();
    process.stderr.write(`\r\x1b[K${line(step, (this.last - this.started) / 1000)}`);
  }

  end(): void {
    if (this.on) process.stderr.write('\r\x1b[K');
  }
}

function line({ share, count, unit }: Step, seconds: number): string {
  const rate = seconds > 0 ? Math.round(count / seconds) : 0;
  const done = `${count.toLocaleString('en')} ${unit}, ${rate.toLocaleString('en')}/s`;
  if (share === undefined || share <= 0) return done;
  const filled = Math.min(WIDTH, Math.round(share * WIDTH));
  const left = Math.max(0, Math.round((seconds / share) * (1 - share)));
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.round(share * 100)} %  ${done}, ${left} s left`;
}
