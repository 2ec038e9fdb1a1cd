import { cleanTree } from './clean-tree';
import { type Files, SourceTree, type Violation } from './source-tree';

/** Each file breaks one rule with its one import: rule, file, import, and the file that import leads to. */
const BROKEN: [rule: string, file: string, imports: string, leadsTo: string][] = [
  ['layer-order: web, portal', 'src/web/wired.ts', '../app/wiring', 'src/app/wiring.ts'],
  ['layer-order: clinical, practice', 'src/practice/facility/page.ts', '../../web/pages', 'src/web/pages.ts'],
  ['layer-order: standard', 'src/standard/listed.ts', '../portal/session', 'src/portal/session.ts'],
  ['layers-are-known', 'src/common/things.ts', '../kernel/errors', 'src/kernel/errors.ts'],
  ['layer-order: fhir', 'src/fhir/started.ts', '../main', 'src/main.ts'],
  ['layer-order: auth', 'src/auth/compartment.ts', '../fhir/store', 'src/fhir/store.ts'],
  ['layer-order: audit, queue, files', 'src/files/owner.ts', '../auth/token', 'src/auth/token.ts'],
  ['layer-order: database', 'src/database/job-table.ts', '../queue/port', 'src/queue/port.ts'],
  ['layer-order: kernel', 'src/kernel/connection.ts', '../database/data-source', 'src/database/data-source.ts'],
  ['layer-order: config', 'src/config/failure.ts', '../kernel/errors', 'src/kernel/errors.ts'],
  ['layer-order: libs', 'libs/smart/configured.ts', '../../src/config/settings', 'src/config/settings.ts'],
  ['libs-know-no-app', 'libs/smart/sampled.ts', '../../test/sample', 'test/sample.ts'],
  ['libs-are-framework-free', 'libs/smart/stored.ts', 'typeorm', 'node_modules/typeorm/index.js'],
  ['libs-are-framework-free', 'libs/smart/fetched.ts', 'node:https', 'https'],
  ['libs-have-one-door', 'src/auth/inner.ts', '../../libs/fhir/search/parse', 'libs/fhir/search/parse.ts'],
  ['libs-have-one-door', 'libs/smart/inner.ts', '../fhir/search/parse', 'libs/fhir/search/parse.ts'],
  ['domains-meet-at-index', 'src/clinical/allergy/shortcut.ts', '../patient/patient.entity', 'src/clinical/patient/patient.entity.ts'],
  [
    'domains-meet-at-index',
    'src/clinical/patient/shortcut.ts',
    '../../practice/facility/facility.entity',
    'src/practice/facility/facility.entity.ts',
  ],
  ['domains-meet-at-index', 'src/app/shortcut.ts', '../clinical/patient/patient.entity', 'src/clinical/patient/patient.entity.ts'],
  ['engines-know-no-domain', 'src/fhir/patient.ts', '../clinical/patient', 'src/clinical/patient/index.ts'],
  ['engines-know-no-domain', 'src/auth/facility.ts', '../practice', 'src/practice/index.ts'],
  ['product-knows-no-tests', 'src/kernel/sampled.ts', '../../test/sample', 'test/sample.ts'],
  ['product-ships-its-packages', 'src/kernel/transpiled.ts', 'tsx', 'node_modules/tsx/index.js'],
  ['imports-resolve', 'src/kernel/lost.ts', './nowhere', './nowhere'],
];

/** Three kernel files in a ring; by types alone, which is a circle all the same. */
const RING: Files = {
  'src/kernel/ring-a.ts': "import type { B } from './ring-b';\nexport type A = B | 1;\n",
  'src/kernel/ring-b.ts': "import type { C } from './ring-c';\nexport type B = C | 2;\n",
  'src/kernel/ring-c.ts': "import type { A } from './ring-a';\nexport type C = A | 3;\n",
};

/** An upward import that breaks several rules at once is listed under each. */
const ALSO: [rule: string, file: string][] = [
  ['engines-know-no-domain', 'src/standard/listed.ts'],
  ['layer-order: fhir', 'src/fhir/patient.ts'],
  ['layer-order: auth', 'src/auth/facility.ts'],
  ['libs-know-no-app', 'libs/smart/configured.ts'],
  ['product-knows-no-tests', 'libs/smart/sampled.ts'],
];

const label = ({ rule, from, to }: Violation): string => `${rule}: ${from} → ${to}`;

async function violationsOf(files: Files): Promise<Violation[]> {
  const tree = await SourceTree.of(files);
  try {
    return await tree.violations();
  } finally {
    await tree.remove();
  }
}

describe('the direction rule', () => {
  let found: Violation[];

  beforeAll(async () => {
    const broken = Object.fromEntries(BROKEN.map(([, file, imports]) => [file, `import '${imports}';\n`]));
    found = await violationsOf({ ...cleanTree, 'test/sample.ts': 'export {};\n', ...broken, ...RING });
  }, 60_000);

  it('lets every allowed import pass', async () => {
    expect((await violationsOf(cleanTree)).map(label)).toEqual([]);
  }, 60_000);

  it.each(BROKEN)('%s: refuses that %s imports %s', (rule, file, _imports, leadsTo) => {
    expect(found).toContainEqual({ rule, from: file, to: leadsTo });
  });

  it('no-cycle: refuses files in a ring, also when only types go round', () => {
    const ring = found.filter(({ rule }) => rule === 'no-cycle').map(({ from }) => from);
    expect(ring.filter((from) => from in RING).length).toBeGreaterThan(0);
  });

  it('reports each broken file under the rules it breaks and no other', () => {
    const expected = [...BROKEN, ...ALSO].map(([rule, file]) => `${rule}: ${file}`);
    const reported = found.filter(({ rule }) => rule !== 'no-cycle').map(({ rule, from }) => `${rule}: ${from}`);
    expect([...new Set(reported)].sort()).toEqual([...new Set(expected)].sort());
  });

  it('has a broken file here for every rule there is', () => {
    const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    const tried = new Set([...BROKEN.map(([rule]) => rule), 'no-cycle']);
    expect(forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
