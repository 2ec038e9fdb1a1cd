import { ConfigError, loadConfig } from './load';

describe(loadConfig, () => {
  it('fills in every default', () => {
    expect(loadConfig({})).toMatchObject({ PORT: 9300, TLS: 'self-signed', DATABASE_URL: 'sqlite:', SITES: ['default'], OAUTH_PASSWORD_GRANT: 'off', CLIENT_APPROVAL: 'patient-auto' });
  });

  it('splits the sites', () => expect(loadConfig({ SITES: 'a, b-2' }).SITES).toEqual(['a', 'b-2']));

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ TLS: 'on' }, 'TLS'],
    [{ SITES: '../x' }, 'SITES'],
    [{ SITES: ',' }, 'SITES'],
    [{ DATABASE_URL: 'postgres://x' }, 'DATABASE_URL'],
    [{ OAUTH_PASSWORD_GRANT: 'yes' }, 'OAUTH_PASSWORD_GRANT'],
    [{ SALUS_BODYLIMIT: '1' }, 'SALUS_BODYLIMIT'],
    [{ TLS: 'files' }, 'TLS_CERT'],
    [{ BASE_URL: 'https://x/' }, 'BASE_URL'],
  ])('refuses %j, naming %s', (env, name) => {
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(name);
  });
});
