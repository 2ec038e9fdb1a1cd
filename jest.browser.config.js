// Tests in a real browser: Debian's chromium, or the one that CHROMIUM names. Apart from the rest, since they need it installed.
const { roots: _, ...base } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = { ...base, roots: ['<rootDir>/test'], testMatch: ['**/*.browser-spec.ts'], testTimeout: 60000 };
