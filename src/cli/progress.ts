const EVERY_MS = { person: 100, program: 1000 };
const WIDTH = 24;

export interface Step {
  /** Of 1; undefined while the end is not known. */
  share?: number;
  count: number;
  /** What is counted: “resources”. */
  unit: string;
}

/**
 * Says on standard error how far long work is: to a person a line with bar, rate and time left, to a program
 * (`json`) a JSON line a second, to nobody nothing.
 */
export class Progress {
  private readonly started = Date.now();
  private readonly watcher: keyof typeof EVERY_MS | undefined;
  private last = 0;

  constructor(json = false) {
    this.watcher = json ? 'program' : process.stderr.isTTY ? 'person' : undefined;
  }

  tell(step: Step): void {
    const now = Date.now();
    if (!this.watcher || now - this.last < EVERY_MS[this.watcher]) return;
    this.last = now;
    const seconds = (now - this.started) / 1000;
    process.stderr.write(this.watcher === 'program' ? `${JSON.stringify({ progress: step, seconds })}\n` : `\r\x1b[K${line(step, seconds)}`);
  }

  end(): void {
    if (this.watcher === 'person') process.stderr.write('\r\x1b[K');
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
