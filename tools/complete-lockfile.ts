/**
 * Adds to the lock file the builds of native packages for other machines than this one.
 *
 * npm leaves a platform's build out of package-lock.json when the registry at hand does not serve it, and `npm ci` then refuses that
 * very lock file (npm/cli#9846). The exact version is known from the package that asks for it and the platform from the name, so
 * the entry can be written without asking anyone; only its hash stays open.
 * Usage, after npm install: tsx tools/complete-lockfile.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x'];
const EXACT_VERSION = /^\d+\.\d+\.\d+/;

export interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

export type Packages = Record<string, LockedPackage>;

type Platform = Pick<LockedPackage, 'os' | 'cpu' | 'libc'>;

/** Whether `name`, asked for from the package at `path`, is found there or in a folder above, as Node looks for it. */
function isLocked(packages: Packages, path: string, name: string): boolean {
  if (`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages) return true;
  const above = path.lastIndexOf('/node_modules/');
  return above >= 0 && isLocked(packages, path.slice(0, above), name);
}

/** `@swc/core-linux-arm-gnueabihf` → linux, arm; undefined when the name tells no platform. */
function platformOf(name: string): Platform | undefined {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) return undefined;
  const isMusl = words.includes('musl') || words.includes('musleabihf');
  return { os: [os], cpu: [cpu], ...(isMusl ? { libc: ['musl'] } : {}) };
}

/** In npm's order of members, so that its next run leaves the entry as it is. */
function lockEntry(version: string, { os, cpu, libc }: Platform, dev?: boolean): LockedPackage {
  return { version, cpu, ...(dev ? { dev } : {}), ...(libc ? { libc } : {}), optional: true, os };
}

/** The entries that are missing from a lock file: path → entry. */
export function missingBuilds(packages: Packages): Packages {
  const asked = Object.entries(packages).flatMap(([path, locked]) =>
    Object.entries(locked.optionalDependencies ?? {}).map(([name, version]) => ({ path, name, version, dev: locked.dev })),
  );
  return Object.fromEntries(
    asked
      .filter(({ path, name, version }) => EXACT_VERSION.test(version) && !isLocked(packages, path, name))
      .flatMap(({ name, version, dev }) => {
        const platform = platformOf(name);
        return platform ? [[`node_modules/${name}`, lockEntry(version, platform, dev)]] : [];
      }),
  );
}

function main(): void {
  const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Packages };
  const missing = missingBuilds(lock.packages);
  const { '': root = {}, ...rest } = lock.packages;
  // npm's own order, so that the next npm install changes no line that need not change.
  const sorted = Object.entries({ ...rest, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: { '': root, ...Object.fromEntries(sorted) } }, null, 2)}\n`);
  console.log(`${FILE}: ${Object.keys(missing).length} builds for other machines added`);
}

if (require.main === module) main();
