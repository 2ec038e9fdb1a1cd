import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fillDemo } from '../../src/cli/demo/fill-demo';
import { atSite } from '../../src/cli/house';
import { startApp, type TestApp } from '../../test/harness/start-app';
import { describeWhere } from '../../test/harness/where';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** The block of shell below the heading, as a reader would paste it. */
function pasted(heading: string): string {
  const block = new RegExp(`## ${heading}\\n[^#]*?\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1];
  if (!block) throw new Error(`README.md has no block of shell below “${heading}”.`);
  return block;
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describeWhere(hasCurl, 'the first call of README.md: curl is not installed')('README.md', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ LOG_LEVEL: 'silent' });
    await atSite(app, 'default', 'demo', () => fillDemo(app, 'default', 3));
  }, 120_000);

  afterAll(() => app.stop());

  it('has a first call that works as pasted once the demo is there', async () => {
    const script = pasted('First call');
    expect(script).toContain('BASE=https://localhost:9300\n');
    const { stdout } = await promisify(execFile)('sh', ['-c', script.replace('https://localhost:9300', app.url)]);
    const [list, patients, observations] = stdout.trim().split('\n').map((line) => JSON.parse(line));
    expect(list.data).toMatchObject([{ fname: 'Phil', lname: 'Belford' }]);
    expect(patients).toMatchObject({ total: 1, entry: [{ resource: { resourceType: 'Patient', id: list.data[0].uuid } }] });
    expect(observations.entry).toHaveLength(2);
  });
});
