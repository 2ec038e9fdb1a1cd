// Several packages ship ES modules only; swc turns them into what jest runs.
const esm = ['@nestjs', '@fastify/cookie', 'jose', 'cookie', 'content-disposition', 'lru-cache', 'uuid', 'file-type', 'strtok3', 'token-types', 'uint8array-extras', '@tokenizer', '@borewit', 'oauth4webapi', 'openid-client', '@exodus', '@seriousme', 'fhir-kit-client'].join('|');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '.',
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools', '<rootDir>/bench'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  moduleNameMapper: {
    '^#libs/([^/]+)$': '<rootDir>/libs/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Exported for `import` alone; jest requires.
    '^fhir-kit-client$': '<rootDir>/node_modules/fhir-kit-client/dist/index.js',
  },
  transform: {
    '^.+\\.(ts|m?js)$': ['@swc/jest', {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  testTimeout: 90_000,
  setupFilesAfterEnv: ['<rootDir>/test/harness/retry.ts'],
  workerIdleMemoryLimit: '1GB',
};
