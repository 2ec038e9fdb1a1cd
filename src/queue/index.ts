export { Job, type JobHandler, type JobOptions, type JobRecord, type JobRun, type JobState, JobStopped } from './job';
export { JobQueue, type Nudge } from './job-queue';
export type { NewJob } from './job.store';
export { JobSweeper } from './job.sweeper';
export { Jobs } from './jobs';
export { QueueModule, type QueueOptions } from './queue.module';
export { queueMigrations, queueTables } from './schema';
