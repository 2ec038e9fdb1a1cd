import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Job, type JobHandler, type JobOptions } from './job';

export interface RegisteredJob extends JobOptions {
  handler: JobHandler;
}

/** Every provider marked `@Job`, by kind. Two of one kind stop the start. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private readonly jobs = new Map<string, RegisteredJob>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: Job.KEY })) {
      const options = this.discovery.getMetadataByDecorator(Job, wrapper);
      if (options) this.register({ ...options, handler: wrapper.instance as JobHandler });
    }
  }

  get(kind: string): RegisteredJob | undefined {
    return this.jobs.get(kind);
  }

  private register(job: RegisteredJob): void {
    if (this.jobs.has(job.kind)) throw new Error(`Two handlers are registered for jobs of kind “${job.kind}”.`);
    this.jobs.set(job.kind, job);
  }
}
