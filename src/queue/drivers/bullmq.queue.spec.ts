import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Test } from '@nestjs/testing';
import { log } from '../../kernel';
import { queueContract } from '../queue.contract';
import { NUDGES } from './bullmq.processor';
import { BullmqQueue } from './bullmq.queue';

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

function answers(url: string): boolean {
  try {
    execFileSync(process.execPath, [join(__dirname, '../../../scripts/probe-service.cjs'), url], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

if (answers(redisUrl)) queueContract('BullMQ', redisUrl);
else describe.skip(`jobs carried by the BullMQ queue: ${redisUrl} does not answer; scripts/dev-services.sh starts Redis`, () => it.todo('the queue contract'));

describe('a BullMQ queue whose Redis is away', () => {
  it('takes nudges without failing or making anyone wait, and closes', async () => {
    log.level = 'silent';
    // Port 1 of the loopback: refused at once.
    const imports = [BullModule.forRoot({ connection: { url: 'redis://127.0.0.1:1' } }), BullModule.registerQueue({ name: NUDGES, forceDisconnectOnShutdown: true })];
    const app = await Test.createTestingModule({ imports, providers: [BullmqQueue] }).compile();
    await app.init();
    const started = Date.now();
    for (let i = 0; i < 2000; i++) await app.get(BullmqQueue).enqueue({ site: 'default', kind: 'test', jobId: String(i) });
    expect(Date.now() - started).toBeLessThan(10_000);
    await app.get(BullmqQueue).close();
    await app.close();
    expect(app.get(getQueueToken(NUDGES)).closing).toBeDefined();
  });
});
