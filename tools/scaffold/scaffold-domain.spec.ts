import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scaffoldDomain } from './scaffold-domain';
import { treeOf } from './tree-of';

const REPOSITORY = join(__dirname, '..', '..');
const BIN = join(REPOSITORY, 'node_modules');

/** Enough of the house for a domain to be compiled, started and tested in. */
function copyOfTheHouse(): string {
  const root = mkdtempSync(join(tmpdir(), 'salus-scaffold-'));
  for (const path of ['src', 'libs', 'test/harness', 'package.json', 'jest.config.js', 'tsconfig.json']) cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  // Roots of the test runner's configuration, with nothing in them here.
  for (const path of ['tools', 'bench']) mkdirSync(join(root, path));
  symlinkSync(BIN, join(root, 'node_modules'));
  return root;
}

interface Outcome {
  code: number;
  output: string;
}

function run(root: string, program: string, ...args: string[]): Promise<Outcome> {
  const { DB: _db, QUEUE: _queue, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [join(BIN, program), ...args], { cwd: root, env, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

describe(scaffoldDomain, () => {
  let root: string;
  let made: string[];
  let compiled: Promise<Outcome>;
  let tested: Promise<Outcome>;

  beforeAll(() => {
    root = copyOfTheHouse();
    const clinical = scaffoldDomain(root, { name: 'sample-note', layer: 'clinical', stamp: 1790000000000 });
    const practice = scaffoldDomain(root, { name: 'sample-desk', layer: 'practice', stamp: 1790000000001 });
    made = [...clinical, ...practice];
    // Both take a while, and neither waits for the other.
    writeFileSync(join(root, 'tsconfig.made.json'), JSON.stringify({ extends: './tsconfig.json', compilerOptions: { incremental: false }, include: [], files: made }));
    compiled = run(root, 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.made.json');
    tested = run(root, 'jest/bin/jest.js', '--runInBand', '--runTestsByPath', ...made.filter((file) => file.endsWith('spec.ts')));
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('leaves no placeholder unfilled', () => {
    const left = made.flatMap((file) => (/__[A-Za-z]+__/.test(file + readFileSync(join(root, file), 'utf8')) ? [file] : []));
    expect(made.length).toBeGreaterThan(20);
    expect(left).toEqual([]);
  });

  it('writes what compiles under the rules of the house', async () => {
    expect(await compiled).toEqual({ code: 0, output: '' });
  }, 120_000);

  it('writes domains that boot, and tests that pass', async () => {
    const { code, output } = await tested;
    expect(code === 0 ? '' : output).toBe('');
    expect(output).toMatch(/Test Suites: 4 passed, 4 total/);
  }, 120_000);

  it.each([
    ['a name that is none', 'Sample_Note', /no name for a domain/],
    ['a domain of the same layer', 'patient', /src\/clinical\/patient exists already/],
    ['a domain of the other layer', 'facility', /src\/practice\/facility exists already/],
    ['a path the server serves itself', 'version', /serves a path \/version already/],
  ])('refuses %s and changes nothing', (_, name, why) => {
    const before = treeOf(root);
    expect(() => scaffoldDomain(root, { name, layer: 'clinical', stamp: 1 })).toThrow(why);
    expect(treeOf(root)).toEqual(before);
  });

  it('refuses a list of domains it cannot read, and changes nothing', () => {
    const list = join(root, 'src', 'practice', 'index.ts');
    writeFileSync(list, 'export const practiceDomains = [];\n');
    const before = treeOf(root);
    expect(() => scaffoldDomain(root, { name: 'late-desk', layer: 'practice', stamp: 1 })).toThrow(/not in the form/);
    expect(treeOf(root)).toEqual(before);
  });

  it('takes back what it wrote when it cannot finish', () => {
    const list = join(root, 'src', 'clinical', 'index.ts');
    rmSync(join(root, 'test', 'standard'), { recursive: true });
    writeFileSync(join(root, 'test', 'standard'), 'a file where a folder should be');
    const before = { tree: treeOf(root), list: readFileSync(list, 'utf8') };
    expect(() => scaffoldDomain(root, { name: 'late-note', layer: 'clinical', stamp: 1 })).toThrow();
    expect({ tree: treeOf(root), list: readFileSync(list, 'utf8') }).toEqual(before);
    expect(existsSync(join(root, 'src', 'clinical', 'late-note'))).toBe(false);
  });
});
