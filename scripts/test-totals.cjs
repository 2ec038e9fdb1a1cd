// Adds up the jest reports of a folder and prints `N passed, N failed`; exits 1 when anything failed or nothing ran.
// Usage: node scripts/test-totals.cjs <folder>
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.argv[2];
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const reports = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (field) => reports.reduce((total, report) => total + (report[field] ?? 0), 0);

const passed = sum('numPassedTests');
// A suite that does not load has no failed test in it, and has failed all the same.
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
