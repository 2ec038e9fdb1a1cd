import { createHash } from 'node:crypto';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Config } from '../config';
import { BullmqProcessor, NUDGES } from './drivers/bullmq.processor';
import { BullmqQueue } from './drivers/bullmq.queue';
import { InProcessQueue } from './drivers/in-process.queue';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job.registry';
import { JobRunner } from './job.runner';
import { JobStore } from './job.store';
import { JobSweeper } from './job.sweeper';
import { Jobs } from './jobs';

export interface QueueOptions {
  /** Does this process run jobs? Without REDIS_URL some process must: there is no other carrier. */
  work: boolean;
}

const OPTIONS = Symbol('QUEUE_OPTIONS');

/** Deployments with different databases may share a Redis without taking each other's nudges. */
const prefixOf = (config: Config): string => {
  const where = `${config.DATABASE_URL}\n${config.DATABASE_URL.startsWith('sqlite:') ? config.DATA_DIR : ''}`;
  return `salus-${createHash('sha256').update(where).digest('hex').slice(0, 12)}`;
};

const redisModules = (config: Config): DynamicModule[] => [
  BullModule.forRoot({ connection: { url: config.REDIS_URL! }, prefix: prefixOf(config) }),
  BullModule.registerQueue({ name: NUDGES, forceDisconnectOnShutdown: true }),
];

/** Jobs: `QueueModule.with(config, { work: true })` in the worker and in the embedded default. */
@Module({})
export class QueueModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(OPTIONS) private readonly options: QueueOptions,
    private readonly queue: JobQueue,
    private readonly runner: JobRunner,
    private readonly sweeper: JobSweeper,
  ) {}

  static with(config: Config, options: QueueOptions = { work: true }): DynamicModule {
    const driver: Provider[] = config.REDIS_URL
      ? [{ provide: JobQueue, useClass: BullmqQueue }, ...(options.work ? [BullmqProcessor] : [])]
      : [{ provide: JobQueue, useClass: InProcessQueue }];
    return {
      module: QueueModule,
      global: true,
      imports: [DiscoveryModule, ...(config.REDIS_URL ? redisModules(config) : [])],
      providers: [{ provide: OPTIONS, useValue: options }, ...driver, JobStore, JobRegistry, JobRunner, JobSweeper, Jobs],
      exports: [Jobs, JobSweeper],
    };
  }

  onApplicationBootstrap(): void {
    if (!this.options.work) return;
    this.queue.consume((nudge) => this.runner.run(nudge));
    this.sweeper.start();
  }

  /** In this order, so that work in hand is handed over before the databases close. */
  async onModuleDestroy(): Promise<void> {
    await this.sweeper.close();
    this.runner.close();
    await this.queue.close();
  }
}
