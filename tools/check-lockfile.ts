/**
 * Refuses a lock file that names the host a package came from: installs must work against whatever registry
 * the machine is set up for, and the integrity hash alone says which bytes are meant.
 * Usage: tsx tools/check-lockfile.ts
 */
import { readFileSync } from 'node:fs';

interface LockedPackage {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
}

/** What is wrong with the packages of a package-lock.json: one sentence per finding, none when all is well. */
export function lockfileFindings(packages: Record<string, LockedPackage>): string[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '' || locked.link) return [];
    if (locked.resolved) return [`${path} has a "resolved" address: run npm install with the .npmrc of this repository.`];
    // A package bundled in another's tarball is covered by the hash of that tarball.
    if (!locked.integrity && !locked.inBundle) return [`${path} has no integrity hash: run npm install again.`];
    return [];
  });
}

function main(): void {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
  const findings = lockfileFindings(lock.packages);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exit(1);
  console.log(`lock file: ${Object.keys(lock.packages).length - 1} packages by hash, no addresses`);
}

if (require.main === module) main();
