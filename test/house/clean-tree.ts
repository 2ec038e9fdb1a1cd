import type { Files } from './source-tree';

const imports = (...paths: string[]): string => paths.map((path) => `import '${path}';\n`).join('');
const packageFiles = (name: string): Files => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: 'module.exports = {};\n',
});

/** A project in Salus' shape in which every import the house allows is made once. */
export const cleanTree: Files = {
  'package.json': JSON.stringify({
    name: 'tree',
    imports: { '#libs/*': './dist/libs/*/index.js' },
    dependencies: { typeorm: '1.0.0', zod: '1.0.0' },
    devDependencies: { tsx: '1.0.0' },
  }),
  ...packageFiles('typeorm'),
  ...packageFiles('zod'),
  ...packageFiles('tsx'),
  'libs/smart/index.ts': imports('./scope'),
  'libs/smart/scope.ts': imports('zod', 'node:crypto'),
  'libs/fhir/index.ts': imports('#libs/smart', './search/parse'),
  'libs/fhir/search/parse.ts': 'export {};\n',
  'libs/fhir/search/parse.spec.ts': imports('./parse', 'tsx'),
  'src/config/settings.ts': imports('#libs/fhir'),
  'src/kernel/errors.ts': imports('../config/settings'),
  'src/database/data-source.ts': imports('../kernel/errors', 'typeorm'),
  'src/queue/port.ts': imports('../database/data-source'),
  'src/files/store.ts': imports('../queue/port'),
  'src/audit/log.ts': imports('../database/data-source'),
  'src/auth/token.ts': imports('../audit/log'),
  'src/fhir/store.ts': imports('../auth/token', '#libs/fhir'),
  'src/standard/envelope.ts': imports('../fhir/store'),
  'src/practice/index.ts': imports('./facility'),
  'src/practice/facility/index.ts': imports('./facility.entity'),
  'src/practice/facility/facility.entity.ts': imports('../../fhir/store', '../../standard/envelope'),
  'src/clinical/index.ts': imports('./allergy', './patient'),
  'src/clinical/patient/index.ts': imports('./patient.entity'),
  'src/clinical/patient/patient.entity.ts': imports('../../practice/facility'),
  'src/clinical/allergy/index.ts': imports('./allergy.entity'),
  'src/clinical/allergy/allergy.entity.ts': imports('../patient', './migrations/create-allergy'),
  'src/clinical/allergy/migrations/create-allergy.ts': imports('typeorm'),
  'src/portal/session.ts': imports('../clinical', '../clinical/allergy'),
  'src/web/pages.ts': imports('../portal/session'),
  'src/app/wiring.ts': imports('../web/pages', '../practice'),
  'src/main.ts': imports('./app/wiring'),
  'test/fhir/read.e2e-spec.ts': imports('../../src/app/wiring', '#libs/fhir'),
};
