import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(__dirname, '..', '..');
const CRUISER = join(REPOSITORY, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/** Files of a small project: path → text. */
export type Files = Record<string, string>;

export interface Violation {
  rule: string;
  from: string;
  to: string;
}

/** A project on disk, cruised with the very rules of this repository. */
export class SourceTree {
  private constructor(readonly root: string) {}

  static async of(files: Files): Promise<SourceTree> {
    const tree = new SourceTree(await mkdtemp(join(tmpdir(), 'salus-direction-')));
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json']) await cp(join(REPOSITORY, name), join(tree.root, name));
    for (const [path, text] of Object.entries(files)) await tree.write(path, text);
    return tree;
  }

  private async write(path: string, text: string): Promise<void> {
    const file = join(this.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** What the direction rules say of this tree. */
  async violations(): Promise<Violation[]> {
    const report = JSON.parse(await this.cruise()) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } };
    return report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  }

  /** The JSON reporter ends with the number of violations as exit code, so only a report that is missing is a failure. */
  private cruise(): Promise<string> {
    const args = [CRUISER, 'src', 'libs', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    return new Promise((done, fail) => {
      execFile(process.execPath, args, { cwd: this.root, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
        if (stdout.startsWith('{')) done(stdout);
        else fail(error ?? new Error(stderr));
      });
    });
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
