/**
 * Refuses a lock file that names the host a package came from: installs must work against whatever registry
 * the machine is set up for, and the integrity hash alone says which bytes are meant.
 * Usage: tsx tools/check-lockfile.ts
 */
import { readFileSync } from 'node:fs';
import { type LockedPackage as Locked, missingBuilds } from './complete-lockfile';

interface LockedPackage extends Locked {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
}

/** What is wrong with the packages of a package-lock.json: one sentence per finding, none when all is well. */
export function lockfileFindings(packages: Record<string, LockedPackage>): string[] {
  const findings = Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '' || locked.link) return [];
    if (locked.resolved) return [`${path} has a "resolved" address: run npm install with the .npmrc of this repository.`];
    if (!locked.integrity && !needsNoHash(locked)) return [`${path} has no integrity hash: run npm install again.`];
    return [];
  });
  const missing = Object.keys(missingBuilds(packages)).map((path) => `${path} is missing, npm ci will refuse: run npm run lock:complete.`);
  return [...findings, ...missing];
}

/** A bundled package is covered by the hash of the tarball around it; see complete-lockfile.ts for builds of other platforms. */
function needsNoHash({ inBundle, optional, os }: LockedPackage): boolean {
  return inBundle === true || (optional === true && os !== undefined);
}

function main(): void {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
  const findings = lockfileFindings(lock.packages);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exit(1);
  console.log(`lock file: ${Object.keys(lock.packages).length - 1} packages, no addresses`);
}

if (require.main === module) main();
