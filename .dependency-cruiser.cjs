/**
 * The direction rule of docs/architecture.md, as dependency-cruiser reads it:
 * entry points → web, portal → clinical, practice → standard → fhir → auth → audit, queue, files → database → kernel → config → libs.
 * `import type` counts too: a type that points upwards is a design that points upwards.
 * test/house/direction.spec.ts proves that each rule catches what it names.
 */

/** Top to bottom: a layer may import itself and what stands below it. */
const LAYERS = [
  { name: 'entry points', path: '^(src/(main|worker|cli)\\.ts$|src/(app|cli)/)' },
  { name: 'web, portal', path: '^src/(web|portal)/' },
  { name: 'clinical, practice', path: '^src/(clinical|practice)/' },
  { name: 'standard', path: '^src/standard/' },
  { name: 'fhir', path: '^src/fhir/' },
  { name: 'auth', path: '^src/auth/' },
  { name: 'audit, queue, files', path: '^src/(audit|queue|files)/' },
  { name: 'database', path: '^src/database/' },
  { name: 'kernel', path: '^src/kernel/' },
  { name: 'config', path: '^src/config/' },
  { name: 'libs', path: '^libs/' },
];

const SPEC = '\\.(e2e-)?spec\\.ts$';

/** Packages that speak HTTP, SQL, queues or dependency injection: what a library of pure rules must do without. */
const FRAMEWORKS = [
  '@nestjs',
  'typeorm',
  'mysql2',
  'better-sqlite3',
  '@?fastify',
  'express',
  'bullmq',
  'ioredis',
  'passport',
  'passport-[^/]+',
  '@node-oauth',
  'class-validator',
  'class-transformer',
  'reflect-metadata',
  'rxjs',
  'pino',
].join('|');

const layerRules = LAYERS.slice(1).map((layer, index) => ({
  name: `layer-order: ${layer.name}`,
  comment: `${layer.name} may import only lower layers. Move what is needed down, or hand it in from above.`,
  severity: 'error',
  from: { path: layer.path, pathNot: SPEC },
  to: {
    path: LAYERS.slice(0, index + 1)
      .map((higher) => higher.path)
      .join('|'),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'layers-are-known',
      comment: 'A folder without a place in LAYERS would be under no rule at all: give it one.',
      severity: 'error',
      from: { path: '^src/', pathNot: LAYERS.map((layer) => layer.path) },
      to: {},
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one file, or hide a third one both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-know-no-app',
      comment: 'A library is usable without Salus around it.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|test|bench|tools)/' },
    },
    {
      name: 'libs-are-framework-free',
      comment: 'Libraries hold rules, not transport or storage: no Nest, TypeORM, HTTP or queue.',
      severity: 'error',
      from: { path: '^libs/', pathNot: SPEC },
      to: { path: [`(^|/)node_modules/(${FRAMEWORKS})/`, '^(node:)?(http|https|http2|net|tls|dgram)$'] },
    },
    {
      name: 'libs-have-one-door',
      comment: "Import '#libs/<name>'. Build tools may look inside: they make what is inside.",
      severity: 'error',
      from: { path: '^(src|test|bench|libs/([^/]+))/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/index\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'domains-meet-at-index',
      comment: 'What a domain offers to others stands in its index.ts; the rest of its folder is its own business.',
      severity: 'error',
      from: { path: '^src/(clinical/[^/]+|practice/[^/]+|[^/]+)', pathNot: SPEC },
      to: { path: '^src/(clinical|practice)/[^/]+/', pathNot: ['^src/(clinical|practice)/[^/]+/index\\.ts$', '^src/$1/'] },
    },
    {
      name: 'engines-know-no-domain',
      comment: 'An engine serves every domain through declarations handed to it and names none of them.',
      severity: 'error',
      from: { path: '^src/(standard|fhir|auth|audit|queue|files|database|kernel|config)/', pathNot: SPEC },
      to: { path: '^src/(clinical|practice|portal|web)/' },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'What ships must build without test/, bench/ and tools/.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: [SPEC, '\\.contract\\.ts$'] },
      to: { path: ['^(test|bench|tools)/', SPEC] },
    },
    {
      name: 'product-ships-its-packages',
      comment: 'The image is installed without development packages: what src and libs import at run time belongs in dependencies.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: [SPEC, '\\.contract\\.ts$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      comment: 'A path that leads nowhere would slip past every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Not `exclude`: that would drop the edges into node_modules and silently switch libs-are-framework-free off.
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'require', 'default', 'types'] },
  },
};
