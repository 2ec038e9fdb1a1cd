import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents, missingPaths } from './named-paths';

describe(missingPaths, () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'salus-docs-'));
    mkdirSync(join(root, 'src', 'app'), { recursive: true });
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'src', 'app', 'main.ts'), '');
    writeFileSync(join(root, 'README.md'), '');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function findings(text: string): string[] {
    writeFileSync(join(root, 'docs', 'page.md'), text);
    return missingPaths(root, 'docs/page.md');
  }

  it.each(['`src/app`', '`src/app/main.ts`', '`src/app/*.ts`', '`src/**`', '`src/{app,web}/main.ts`', '[code](../src/app/main.ts#L3)', '[site](https://example.org/x)', '`npm run x`', '`/apis/src`'])('accepts %s', (text) => {
    expect(findings(`See ${text}.`)).toEqual([]);
  });

  it.each(['`src/web`', '`src/app/*.md`', '`src/{web,portal}/main.ts`', '[code](src/app/main.ts)'])('finds %s', (text) => {
    expect(findings(`See ${text}.`)).toEqual([expect.stringMatching(/^docs\/page\.md names .* which is not there\.$/)]);
  });

  it('is asked of every document at the top and below docs', () => {
    findings('');
    expect(documents(root)).toEqual(['README.md', 'docs/page.md']);
  });
});
