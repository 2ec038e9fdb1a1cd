import { missingBuilds } from './complete-lockfile';

describe(missingBuilds.name, () => {
  it('adds the build of each platform that the lock file lacks', () => {
    const builds = missingBuilds({
      'node_modules/@swc/core': {
        dev: true,
        optionalDependencies: { '@swc/core-linux-x64-gnu': '1.2.3', '@swc/core-darwin-arm64': '1.2.3' },
      },
      'node_modules/@swc/core-linux-x64-gnu': { version: '1.2.3' },
    });
    expect(builds).toEqual({
      'node_modules/@swc/core-darwin-arm64': { version: '1.2.3', cpu: ['arm64'], dev: true, optional: true, os: ['darwin'] },
    });
  });

  it('tells a build for musl from one for glibc', () => {
    const builds = missingBuilds({ 'node_modules/a': { optionalDependencies: { 'a-linux-arm-musleabihf': '1.0.0' } } });
    expect(builds['node_modules/a-linux-arm-musleabihf']).toMatchObject({ os: ['linux'], cpu: ['arm'], libc: ['musl'] });
  });

  it('finds a build that is locked beside the package or in a folder above it', () => {
    const asking = { optionalDependencies: { 'a-darwin-x64': '1.0.0' } };
    const build = { version: '1.0.0' };
    expect(missingBuilds({ 'node_modules/b/node_modules/a': asking, 'node_modules/b/node_modules/a-darwin-x64': build })).toEqual({});
    expect(missingBuilds({ 'node_modules/b/node_modules/a': asking, 'node_modules/a-darwin-x64': build })).toEqual({});
  });

  it('guesses neither a version from a range nor a platform from a name that tells none', () => {
    const asking = { optionalDependencies: { fsevents: '2.3.3', 'a-darwin-x64': '^1.0.0' } };
    expect(missingBuilds({ 'node_modules/a': asking })).toEqual({});
  });
});
