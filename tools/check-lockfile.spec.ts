import { lockfileFindings } from './check-lockfile';

const integrity = 'sha512-x';

describe(lockfileFindings.name, () => {
  it('accepts packages named by their hash alone', () => {
    expect(lockfileFindings({ '': {}, 'node_modules/a': { integrity } })).toEqual([]);
  });

  it('accepts a package covered by the hash of the package it is bundled in', () => {
    expect(lockfileFindings({ 'node_modules/a/node_modules/b': { inBundle: true } })).toEqual([]);
  });

  it('refuses a package that names the host it came from', () => {
    const packages = { 'node_modules/a': { integrity, resolved: 'https://registry.example/a.tgz' } };
    expect(lockfileFindings(packages)).toEqual([expect.stringContaining('node_modules/a has a "resolved" address')]);
  });

  it('refuses a package without a hash', () => {
    expect(lockfileFindings({ 'node_modules/a': {} })).toEqual([expect.stringContaining('node_modules/a has no integrity hash')]);
  });

  it('accepts a build for another machine without a hash', () => {
    const build = { version: '1.0.0', cpu: ['arm64'], optional: true, os: ['darwin'] };
    expect(lockfileFindings({ 'node_modules/a-darwin-arm64': build })).toEqual([]);
  });

  it('names a build for another machine that npm ci will miss', () => {
    const packages = { 'node_modules/a': { integrity, optionalDependencies: { 'a-darwin-arm64': '1.0.0' } } };
    expect(lockfileFindings(packages)).toEqual([expect.stringContaining('node_modules/a-darwin-arm64 is missing')]);
  });
});
