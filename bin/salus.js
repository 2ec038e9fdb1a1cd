#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'src', 'cli.js');
if (!existsSync(built)) {
  process.stderr.write('Salus is not built yet: run `npm run build` first.\n');
  process.exit(2);
}
require(built);
