import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openSalus, type Salus } from './salus.fixture';

const VERBS = ['import', 'export', 'site', 'user', 'client', 'migrate', 'doctor', 'demo'];

describe('salus', () => {
  let salus: Salus;

  beforeAll(() => {
    salus = openSalus();
  });
  afterAll(() => salus.close());

  const file = (name: string, ...resources: unknown[]): string => {
    const path = join(salus.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, resources.map((one) => JSON.stringify(one)).join('\n'));
    return path;
  };
  const patient = (id: string, extra = {}) => ({ resourceType: 'Patient', id, name: [{ family: 'Okafor', given: ['Ada'] }], gender: 'female', ...extra });
  const linesOf = (path: string): unknown[] => readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown);

  it.each(VERBS)('%s --help says what it does and leaves with 0', async (verb) => {
    const { code, out } = await salus.run(verb, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: salus ${verb}`);
  });

  it('lists every verb', async () => {
    const { out } = await salus.run('--help');
    expect(VERBS.every((verb) => out.includes(`\n  ${verb}`))).toBe(true);
  });

  it.each([[['frobnicate']], [['import']], [['import', '--no-such-option', 'x']], [['site', 'frobnicate']], [['demo', '--patients', 'many']], [['export', 'x', '--since', 'never']]])('leaves with 2 where it is not understood: %j', async (args) => {
    const { code, err } = await salus.run(...args);
    expect(code).toBe(2);
    expect(err).toContain('error:');
  });

  it('refuses a setting that does not exist', async () => {
    process.env.SALUS_COLOUR = 'green';
    const { code, err } = await salus.run('site', 'list').finally(() => delete process.env.SALUS_COLOUR);
    expect([code, err]).toEqual([2, expect.stringContaining('SALUS_COLOUR')]);
  });

  describe('import', () => {
    it('stores what it is given, and says so; a second run changes nothing', async () => {
      const path = file('in/a.ndjson', patient('cli-1'), patient('cli-2'));
      expect(await salus.json('import', path)).toMatchObject({ files: 1, created: 2, refused: 0 });
      const { code, out } = await salus.run('import', path);
      expect(code).toBe(0);
      expect(out).toContain('0 created, 0 updated, 2 unchanged');
    });

    it('leaves with 1 where some were refused, with file, line, element and reason, and without what stood there', async () => {
      const path = file('in/b.ndjson', patient('cli-3'), patient('cli-4', { birthDate: 'Secretday' }));
      const { code, out, err } = await salus.run('import', path);
      expect(code).toBe(1);
      expect(out).toMatch(/b\.ndjson, line 2, Patient\.birthDate: /);
      expect(out + err).not.toContain('Secretday');
    });

    it('leaves with 2 where there is nothing to import, or no such site', async () => {
      expect(await salus.run('import', join(salus.folder, 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('does not exist') });
      expect(await salus.run('import', join(salus.folder, 'in'), '--site', 'elsewhere')).toMatchObject({ code: 2, err: expect.stringContaining('elsewhere') });
    });
  });

  describe('export', () => {
    it('writes a file for each type, which an import takes back', async () => {
      const folder = join(salus.folder, 'out');
      expect(await salus.json('export', folder)).toMatchObject({ Patient: 3 });
      expect(linesOf(join(folder, 'Patient.ndjson'))).toHaveLength(3);
      expect(await salus.json('import', folder)).toMatchObject({ created: 0, updated: 0, refused: 0 });
    });

    it('writes only the types asked for, compressed where asked', async () => {
      const folder = join(salus.folder, 'out-gz');
      await salus.run('export', folder, '--type', 'Patient', '--gzip');
      expect(readdirSync(folder)).toEqual(['Patient.ndjson.gz']);
      expect(gunzipSync(readFileSync(join(folder, 'Patient.ndjson.gz'))).toString().trim().split('\n')).toHaveLength(3);
    });

    it('leaves out what has not changed since', async () => {
      expect(await salus.json('export', join(salus.folder, 'none'), '--since', '2999-01-01')).toEqual({});
    });

    it('refuses a type that does not exist', async () => {
      expect((await salus.run('export', join(salus.folder, 'x'), '--type', 'Nonsense')).code).toBe(2);
    });
  });

  describe('site', () => {
    it('lists sites and how they are', async () => {
      expect(await salus.json('site', 'list')).toEqual([{ site: 'default', state: 'ready', resources: expect.any(Number) }]);
    });

    it('creates another one, empty', async () => {
      expect(await salus.json('site', 'create', 'second')).toMatchObject({ site: 'second', state: 'ready', resources: 0 });
      expect((await salus.run('site', 'create', 'Not A Key')).code).toBe(2);
    });

    it('finds a sound store sound, and an unsound one not', async () => {
      expect(await salus.json('site', 'check', 'default')).toMatchObject({ sound: true });
      expect((await salus.run('site', 'check', 'elsewhere')).code).toBe(2);
    });
  });

  describe('user', () => {
    it('adds staff, who are then listed, disabled and enabled', async () => {
      expect(await salus.run('user', 'add', 'ada', '--password', 'a long secret', '--given', 'Ada', '--family', 'Okafor', '--group', 'Physicians', '--npi', '1234567893')).toMatchObject({ code: 0, out: expect.stringContaining('Practitioner/') });
      const listed = async () => (await salus.json<{ username: string }[]>('user', 'list')).find((one) => one.username === 'ada');
      expect(await listed()).toMatchObject({ displayName: 'Ada Okafor', group: 'Physicians', enabled: true });
      expect((await salus.run('user', 'disable', 'ada')).code).toBe(0);
      expect(await listed()).toMatchObject({ enabled: false });
      expect((await salus.run('user', 'enable', 'ada')).code).toBe(0);
      expect((await salus.run('user', 'password', 'ada', '--password', 'another secret')).code).toBe(0);
    });

    it('adds portal access of a patient who is on file', async () => {
      const portal = (id: string) => salus.run('user', 'add', `p-${id}`, '--portal', '--patient', id, '--email', 'ada@example.org', '--password', 'x');
      expect((await portal('nobody')).code).toBe(2);
    });

    it.each([
      ['a name that is taken', ['add', 'ada', '--password', 'x']],
      ['a group that does not exist', ['add', 'bob', '--password', 'x', '--group', 'Nobles']],
      ['nobody', ['disable', 'nobody']],
      ['portal access without a patient', ['add', 'pia', '--portal', '--password', 'x']],
    ])('refuses %s', async (_what, args) => {
      expect((await salus.run('user', ...args)).code).toBe(2);
    });
  });

  describe('client', () => {
    it('registers, lists, disables and approves an application', async () => {
      const metadata = file('client.json', { client_name: 'Growth chart', redirect_uris: ['https://app.example.org/back'], scope: 'openid launch/patient patient/*.rs' });
      const { client_id: id } = await salus.json<{ client_id: string }>('client', 'register', metadata);
      const listed = async () => (await salus.json<{ clientId: string }[]>('client', 'list')).find((one) => one.clientId === id);
      expect(await listed()).toMatchObject({ name: 'Growth chart', enabled: true });
      await salus.run('client', 'disable', id);
      expect(await listed()).toMatchObject({ enabled: false });
      await salus.run('client', 'approve', id);
      expect(await listed()).toMatchObject({ enabled: true });
    });

    it('refuses an unknown application and metadata that are none', async () => {
      expect((await salus.run('client', 'approve', 'nobody')).code).toBe(2);
      expect((await salus.run('client', 'register', file('bad.json', 'no object'))).code).toBe(2);
      expect((await salus.run('client', 'register', join(salus.folder, 'nowhere.json'))).code).toBe(2);
    });
  });

  it('migrate --check finds no difference', async () => {
    expect(await salus.json('migrate', '--check')).toEqual([{ site: 'default', migrations: expect.any(Number), drift: [] }]);
  });

  describe('doctor', () => {
    it('finds nothing to mend', async () => {
      const findings = await salus.json<{ check: string; verdict: string }[]>('doctor');
      expect(findings.map(({ check }) => check)).toEqual(['settings', 'data folder', 'disk', 'certificate', 'clock', 'queue', 'database of default']);
      expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    });

    it('leaves with 1 and says what to do where the queue does not answer', async () => {
      process.env.REDIS_URL = 'redis://127.0.0.1:1';
      const { code, out } = await salus.run('doctor').finally(() => delete process.env.REDIS_URL);
      expect(code).toBe(1);
      expect(out).toMatch(/fail\s+queue\s+Redis does not answer; see REDIS_URL/);
    });
  });

  it('demo fills a clinic, and again keeps it', async () => {
    const first = await salus.json<{ report: { created: number; refused: number }; staff: unknown[] }>('demo', '--patients', '3');
    expect(first.report).toMatchObject({ refused: 0 });
    expect(first.report.created).toBeGreaterThan(100);
    expect(first.staff).toHaveLength(4);
    const { code, out } = await salus.run('demo', '--patients', '3');
    expect(code).toBe(0);
    expect(out).toContain('(0 resources new,');
    expect(out).toContain('Phil1 / phil / heya@invalid.email.com');
    expect(await salus.json('site', 'check', 'default')).toMatchObject({ sound: true });
  }, 120_000);
});
