import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExportLimits } from '../../src/fhir/bulk/export-limits';
import { PAGE_ROWS } from '../../src/fhir/bulk/walk/walk';
import { clock } from '../../src/kernel';
import { type BackendClient, BulkApp, FHIR, idsOf, jobOf, observation, onWrite, patient, pause } from './bulk.fixture';

const OBSERVATIONS = 9000;
const PAGES = 5;
const MINUTES = 60_000;

describe('an export that is disturbed', () => {
  let bulk: BulkApp;
  let client: BackendClient;
  let token: string;
  let shift = 0;
  const realNow = clock.now;
  let restore = () => {};

  beforeAll(async () => {
    clock.now = () => realNow() + shift;
    bulk = await BulkApp.start();
    client = await bulk.client('system/*.rs');
    token = await client.token();
    await bulk.store([patient('p1')]);
    await bulk.store(Array.from({ length: OBSERVATIONS }, (_, n) => observation(`o-${n}`, 'p1', n)));
  });
  beforeEach(() => {
    bulk.worker.get(ExportLimits, { strict: false }).partBytes = 256 * 1024 * 1024;
  });
  afterEach(() => restore());
  afterAll(async () => {
    clock.now = realNow;
    await bulk.stop();
  });

  const folder = (job: string) => join(bulk.app.config.DATA_DIR, 'sites/default/files/export', job);
  const state = async (job: string) => (await bulk.query<{ state: string }>('SELECT state FROM job WHERE id = ?', [job]))[0]?.state;
  const progress = async (location: string) => bulk.app.request('GET', location, { token });
  const until = async (check: () => Promise<boolean>) => {
    for (let tries = 0; tries < 200 && !(await check()); tries++) await pause(25);
    expect(await check()).toBe(true);
  };
  /** Leases run out and retries come due; so do tokens. */
  const letTimePass = async (ms = MINUTES / 2) => {
    shift += ms;
    token = await client.token();
    await bulk.sweep();
  };

  it('cuts its output into files of the given size, each line in one of them', async () => {
    bulk.worker.get(ExportLimits, { strict: false }).partBytes = 1;
    const { manifest, lines } = await bulk.export(token, '$export?_type=Observation');
    const counts = manifest.output.map(({ count }) => count);
    expect(counts.length).toBeGreaterThanOrEqual(PAGES);
    expect(counts.every((count) => count > 0 && count <= PAGE_ROWS)).toBe(true);
    expect(idsOf(lines.get('Observation')).size).toBe(OBSERVATIONS);
  });

  it.each([
    ['behind every page', 1],
    ['behind all pages', 256 * 1024 * 1024],
  ])('holds every line once after failing in the middle of each page in turn, saved %s', async (_when, partBytes) => {
    bulk.worker.get(ExportLimits, { strict: false }).partBytes = partBytes;
    const failAt = new Set([2, 4, 7, 11]);
    restore = onWrite((nth) => {
      if (failAt.has(nth)) throw new Error('write failed');
    });
    const location = await bulk.begin(token, '$export?_type=Observation,Patient');
    for (let tries = 0; tries < 100 && (await state(jobOf(location))) !== 'done'; tries++) {
      await letTimePass();
      await pause(100);
    }
    const { lines, manifest } = await bulk.finish(token, location);
    expect(idsOf(lines.get('Observation')).size).toBe(OBSERVATIONS);
    expect(idsOf(lines.get('Patient'))).toEqual(new Set(['p1']));
    expect(manifest.output.reduce((sum, file) => sum + file.count, 0)).toBe(OBSERVATIONS + 1);
    // Nothing of the broken attempts stays on the disk.
    expect(readdirSync(folder(jobOf(location)))).toHaveLength(manifest.output.length);
  });

  it('is taken over from a worker that died, whose late writes change nothing', async () => {
    bulk.worker.get(ExportLimits, { strict: false }).partBytes = 1;
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let reached = false;
    restore = onWrite((nth) => {
      reached ||= nth === 3;
      return nth === 3 ? asleep : undefined;
    });
    const location = await bulk.begin(token, '$export?_type=Observation');
    const job = jobOf(location);
    await until(async () => reached);
    // Another process takes the lease, as it may once the worker has been silent for too long, and does a step.
    await bulk.inSite(async () => {
      const { JobStore } = await import('../../src/queue/job.store.js');
      const store = bulk.worker.get(JobStore, { strict: false });
      shift += MINUTES;
      const taken = await store.claim(job, 'other-worker');
      await store.saveCheckpoint(job, 'other-worker', taken!.checkpoint, 'elsewhere');
    });
    wake();
    await pause(200);
    expect((await progress(location)).headers.get('x-progress')).toBe('elsewhere');
    // The other worker dies too; this process may have it back.
    await letTimePass(MINUTES);
    const { lines } = await bulk.finish(token, location);
    expect(idsOf(lines.get('Observation')).size).toBe(OBSERVATIONS);
  });

  it('ends as failed, without a file left, when it keeps failing, and says so as an OperationOutcome', async () => {
    restore = onWrite(() => {
      throw Object.assign(new Error('no space left on /secret/path'), { code: 'ENOSPC' });
    });
    const location = await bulk.begin(token, '$export?_type=Patient');
    for (let tries = 0; tries < 100 && (await state(jobOf(location))) !== 'failed'; tries++) {
      await letTimePass();
      await pause(50);
    }
    const answer = await progress(location);
    expect([answer.status, answer.json.resourceType, answer.headers.get('content-type')]).toEqual([500, 'OperationOutcome', 'application/fhir+json; charset=utf-8']);
    expect(answer.text).not.toMatch(/secret|ENOSPC|space/);
    expect(existsSync(folder(jobOf(location)))).toBe(false);
    restore();
    expect((await bulk.export(token, '$export?_type=Patient')).lines.get('Patient')).toHaveLength(1);
  });

  it('stops when cancelled in mid-write, and leaves nothing', async () => {
    let written = 0;
    restore = onWrite(async (nth) => {
      written = nth;
      await pause(100);
    });
    const location = await bulk.begin(token, '$export?_type=Observation');
    await until(async () => written >= 2);
    const answer = await bulk.app.request('DELETE', location, { token });
    expect([answer.status, answer.text]).toEqual([202, '']);
    const gone = await progress(location);
    expect([gone.status, gone.json.resourceType]).toEqual([404, 'OperationOutcome']);
    await pause(3000);
    expect(written).toBeLessThanOrEqual(PAGES);
    expect(existsSync(folder(jobOf(location)))).toBe(false);
    expect(await state(jobOf(location))).toBe('cancelled');
    await letTimePass(2 * MINUTES);
    expect(await state(jobOf(location))).toBeUndefined();
  });

  it('tells how far it is', async () => {
    restore = onWrite(() => pause(200));
    const location = await bulk.begin(token, '$export?_type=Observation');
    const answer = await progress(location);
    expect(answer.status).toBe(202);
    expect(answer.text).toBe('');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('x-progress')!.length).toBeLessThan(100);
    restore();
    await bulk.finish(token, location);
  });

  it('shows the state of its transaction time, whatever is written while it runs', async () => {
    const before = await bulk.app.request('GET', `${FHIR}/Observation/o-8500`, { token });
    restore = onWrite(async (nth) => {
      if (nth !== 1) return;
      // The first page is being written; these lie on later ones, or are new.
      await bulk.store([observation('o-8500', 'p1', -1), observation('o-8501', 'p1', -1), observation('came-later', 'p1')]);
      await bulk.store([observation('o-8501', 'p1', -2)]);
      await bulk.remove('Observation/o-8502', 'Observation/o-8503');
      await bulk.store([observation('o-8503', 'p1', -3)]);
    });
    const { lines, manifest } = await bulk.export(token, '$export?_type=Observation');
    restore();
    const byId = new Map(lines.get('Observation')!.map((line) => [(JSON.parse(line) as { id: string }).id, line]));
    expect(byId.size).toBe(OBSERVATIONS);
    expect(byId.get('o-8500')).toBe(before.text);
    for (const id of ['o-8501', 'o-8502', 'o-8503']) expect(byId.get(id)).toContain(`"value":${id.slice(2)}`);
    expect(byId.has('came-later')).toBe(false);
    const next = await bulk.export(token, `$export?_type=Observation&_since=${manifest.transactionTime}`);
    expect(idsOf(next.lines.get('Observation'))).toEqual(new Set(['o-8500', 'o-8501', 'o-8503', 'came-later']));
    expect(next.lines.get('Bundle')).toHaveLength(1);
  });

  it('misses no write that was under way when it began: export by export, all are seen', async () => {
    const seen = new Set<string>();
    const written = new Set<string>();
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        const batch = Array.from({ length: 20 }, (_, m) => observation(`busy-${n}-${m}`, 'p1'));
        await bulk.store(batch);
        for (const { id } of batch) written.add(id!);
        // The embedded database answers without ever waiting: let others have their turn.
        await pause(1);
      }
    })();
    let since = new Date(clock.now()).toISOString();
    const round = async () => {
      const { lines, manifest } = await bulk.export(token, `$export?_type=Observation&_since=${since}`);
      for (const id of idsOf(lines.get('Observation'))) if (id.startsWith('busy-')) seen.add(id);
      since = manifest.transactionTime;
    };
    try {
      for (let n = 0; n < 5; n++) await round();
    } finally {
      writing = false;
      await writer;
    }
    await round();
    const missed = [...written].filter((id) => !seen.has(id));
    expect(written.size).toBeGreaterThan(20);
    // The very first batch may have been stamped before the first _since.
    expect(missed.filter((id) => !id.startsWith('busy-0-'))).toEqual([]);
  });
});
