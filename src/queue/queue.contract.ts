import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule, loadConfig } from '../config';
import { CreateSequence, DatabaseModule, Db, sequenceTable } from '../database';
import { clock, log, runInContext, SalusError } from '../kernel';
import { Job, type JobHandler, type JobRecord, type JobRun } from './job';
import { JobQueue } from './job-queue';
import { JobStore, LEASE_MS } from './job.store';
import { JobSweeper } from './job.sweeper';
import { Jobs } from './jobs';
import { QueueModule } from './queue.module';
import { queueMigrations, queueTables } from './schema';

const SITE = 'default';
const RETENTION = 600_000;

/** Counts to `payload.steps`, saving after each; what happens on the way is set by the test. */
@Job({ kind: 'test.count', retention: RETENTION })
class CountingJob implements JobHandler {
  readonly steps: string[] = [];
  readonly discarded: string[] = [];
  active = 0;
  mostActive = 0;
  before: (run: JobRun, step: number) => void | Promise<void> = () => {};

  async run(run: JobRun): Promise<void> {
    this.mostActive = Math.max(this.mostActive, ++this.active);
    try {
      const { steps } = run.job.payload as { steps: number };
      for (let step = (run.job.checkpoint as number | undefined) ?? 0; step < steps; step++) await this.step(run, step);
    } finally {
      this.active--;
    }
  }

  async discard(job: JobRecord): Promise<void> {
    this.discarded.push(job.id);
  }

  private async step(run: JobRun, step: number): Promise<void> {
    await this.before(run, step);
    await run.save(step + 1, `${step + 1} steps`);
    this.steps.push(`${run.job.id}:${step}`);
  }
}

const schema = { tables: [sequenceTable, ...queueTables], migrations: [CreateSequence, ...queueMigrations] };

/** One process of the house, as far as jobs go. */
async function startProcess(folder: string, redisUrl: string | undefined): Promise<INestApplicationContext> {
  const config = loadConfig({ DATA_DIR: folder, SITES: SITE, ...(redisUrl && { REDIS_URL: redisUrl }) });
  const imports = [ConfigModule.with(config), DatabaseModule.with(schema), QueueModule.with(config, { work: true })];
  const module = await Test.createTestingModule({ imports, providers: [CountingJob] }).compile();
  return module.init();
}

const here = <T>(work: () => Promise<T>): Promise<T> => runInContext({ site: SITE, requestId: 'test', audit: {} }, work);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until<T>(read: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const value = await read();
    if (value) return value;
    await pause(25);
  }
  throw new Error(`Waited in vain for ${what}.`);
}

/**
 * What every driver must do. `redisUrl` undefined: the in-process driver.
 * The database is real; a crash is a run that neither saves nor releases again.
 */
export function queueContract(driver: string, redisUrl: string | undefined): void {
  describe(`jobs carried by the ${driver} queue`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'salus-queue-'));
    const realNow = clock.now;
    let app: INestApplicationContext;
    let handler: CountingJob;

    beforeAll(async () => {
      log.level = 'silent';
      app = await startProcess(folder, redisUrl);
    });

    beforeEach(() => {
      handler = app.get(CountingJob);
      handler.steps.length = 0;
      handler.mostActive = 0;
      handler.before = () => {};
    });

    afterEach(() => {
      clock.now = realNow;
    });

    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const submit = (steps: number, owner = 'client-1') =>
      here(() => app.get(Db).transaction((tx) => app.get(Jobs).submit(tx, { kind: 'test.count', owner, payload: { steps } })));
    const find = (id: string) => here(() => app.get(Jobs).find(id));
    const inState = (id: string, state: string) => until(async () => ((await find(id))?.state === state ? find(id) : undefined), `job ${state}`);

    it('runs a submitted job to its end and keeps what it last reported', async () => {
      const id = await submit(3);
      const job = await inState(id, 'done');
      expect(handler.steps).toEqual([`${id}:0`, `${id}:1`, `${id}:2`]);
      expect(job).toMatchObject({ progress: '3 steps', checkpoint: 3, owner: 'client-1', requestId: 'test' });
      expect(job.expires).toBeGreaterThan(clock.now());
    });

    it('runs nothing when the transaction that submitted it rolls back', async () => {
      let id = '';
      const submitting = here(() =>
        app.get(Db).transaction(async (tx) => {
          id = await app.get(Jobs).submit(tx, { kind: 'test.count', owner: 'client-1', payload: { steps: 1 } });
          throw new Error('rolled back');
        }),
      );
      await expect(submitting).rejects.toThrow('rolled back');
      await pause(200);
      expect(await find(id)).toBeUndefined();
      expect(handler.steps).toEqual([]);
    });

    it('refuses a kind that has no handler', async () => {
      const submitting = here(() => app.get(Db).transaction((tx) => app.get(Jobs).submit(tx, { kind: 'test.unknown', owner: 'x', payload: {} })));
      await expect(submitting).rejects.toThrow('test.unknown');
    });

    it('runs a job once, however often it is nudged', async () => {
      const id = await submit(2);
      for (let i = 0; i < 5; i++) await app.get(JobQueue).enqueue({ site: SITE, kind: 'test.count', jobId: id });
      await inState(id, 'done');
      await app.get(JobQueue).enqueue({ site: SITE, kind: 'test.count', jobId: id });
      await pause(200);
      expect(handler.steps).toEqual([`${id}:0`, `${id}:1`]);
    });

    it('works on a bounded number of jobs at a time and gets through them all', async () => {
      handler.before = () => pause(10) as Promise<void>;
      const ids = await Promise.all(Array.from({ length: 8 }, () => submit(2)));
      for (const id of ids) await inState(id, 'done');
      expect(handler.mostActive).toBe(2);
      expect(new Set(handler.steps).size).toBe(16);
    });

    it('continues from the checkpoint after a failure that may pass', async () => {
      let failures = 0;
      handler.before = (_run, step) => {
        if (step === 2 && failures++ === 0) throw new Error('the disk hiccuped');
      };
      const id = await submit(4);
      await until(async () => failures === 1 && (await find(id))?.state === 'queued', 'the retry');
      clock.now = () => realNow() + LEASE_MS;
      await inState(id, 'done');
      expect(handler.steps).toEqual([0, 1, 2, 3].map((step) => `${id}:${step}`));
    });

    it('fails a job for good, with the reason for its owner, when what was asked is wrong', async () => {
      handler.before = () => {
        throw new SalusError('invalid', 'There is nothing to count.');
      };
      const id = await submit(1);
      expect(await inState(id, 'failed')).toMatchObject({ error: 'There is nothing to count.' });
      expect(handler.discarded).toContain(id);
    });

    it('gives up a job that keeps failing, without telling the owner what happened inside', async () => {
      let shift = 0;
      clock.now = () => realNow() + shift;
      handler.before = () => {
        throw new Error('secret detail');
      };
      const id = await submit(1);
      const job = await until(async () => {
        const found = await find(id);
        if (found?.state === 'failed') return found;
        shift += 2 * LEASE_MS;
        await app.get(JobSweeper).sweep();
        return undefined;
      }, 'the job to be given up');
      expect(job.error).not.toContain('secret');
      expect(job.attempts).toBe(5);
    });

    it('stops a cancelled job at its next step and removes what it made', async () => {
      handler.before = () => pause(20) as Promise<void>;
      const id = await submit(200);
      const job = await until(async () => ((await find(id))?.checkpoint ? find(id) : undefined), 'the first checkpoint');
      expect(await here(() => app.get(Jobs).cancel(job))).toBe(true);
      expect(await here(() => app.get(Jobs).cancel(job))).toBe(false);
      await until(async () => handler.active === 0, 'the run to stop');
      expect(handler.steps.length).toBeLessThan(200);
      // Once by the cancel, once by the run that noticed.
      await until(async () => handler.discarded.filter((one) => one === id).length === 2, 'the leftovers to go');
      expect(await find(id)).toMatchObject({ state: 'cancelled' });
    });

    it('takes over from a worker that died, and shuts the dead one out should it wake up', async () => {
      const id = await here(() => app.get(Db).transaction((tx) => app.get(JobStore).insert(tx, { kind: 'test.count', owner: 'x', payload: { steps: 3 } })));
      const store = app.get(JobStore);
      const dead = await here(() => store.claim(id, 'dead-worker'));
      await here(() => store.saveCheckpoint(id, 'dead-worker', 1, '1 steps'));
      expect(dead).toBeDefined();
      await app.get(JobSweeper).sweep();
      await pause(100);
      expect(handler.steps).toEqual([]);
      clock.now = () => realNow() + 2 * LEASE_MS;
      await app.get(JobSweeper).sweep();
      await inState(id, 'done');
      expect(handler.steps).toEqual([`${id}:1`, `${id}:2`]);
      expect(await here(() => store.saveCheckpoint(id, 'dead-worker', 2, 'late'))).toBe(false);
      expect(await here(() => store.finish(id, 'dead-worker', 0))).toBe(false);
    });

    it('finds a job whose nudge was lost', async () => {
      const id = await here(() => app.get(Db).transaction((tx) => app.get(JobStore).insert(tx, { kind: 'test.count', owner: 'x', payload: { steps: 1 } })));
      await app.get(JobSweeper).sweep();
      await inState(id, 'done');
    });

    it('sweeps away a job and its leftovers once it has expired', async () => {
      const id = await submit(1);
      await inState(id, 'done');
      await app.get(JobSweeper).sweep();
      expect(await find(id)).toBeDefined();
      clock.now = () => realNow() + RETENTION + 1;
      await app.get(JobSweeper).sweep();
      expect(await find(id)).toBeUndefined();
      expect(handler.discarded).toContain(id);
    });

    it('hands a running job over when the process closes, and the next process ends it', async () => {
      handler.before = () => pause(20) as Promise<void>;
      const id = await submit(30);
      await until(async () => (await find(id))?.checkpoint !== undefined, 'the first checkpoint');
      const first = handler.steps;
      await app.close();
      app = await startProcess(folder, redisUrl);
      const job = await inState(id, 'done');
      const second = app.get(CountingJob).steps;
      expect(first.length).toBeGreaterThan(0);
      expect([...first, ...second]).toEqual(Array.from({ length: 30 }, (_, step) => `${id}:${step}`));
      expect(job.attempts).toBeLessThanOrEqual(1);
    });
  });
}
