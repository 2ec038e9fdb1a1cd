import type { JobRecord } from '../../queue';
import type { ExportLevel } from './request/exportable-types';

export const EXPORT = 'bulk.export';

/** What the kick-off settled; the job adds no right to it. */
export interface ExportPayload {
  /** The kick-off URL. */
  request: string;
  level: ExportLevel;
  /** Logical id, at Group level. */
  group?: string;
  types: string[];
  since?: number;
  seesSensitive: boolean;
}

/** A finished file. */
export interface ExportFile {
  /** `deleted`: Bundles of deletions. */
  list: 'output' | 'deleted';
  type: string;
  /** In the file store. */
  key: string;
  count: number;
  bytes: number;
}

/** Where a walk stands: the key of the last row it has passed. */
export type Position = readonly number[];

/** What is finished and durable; an export continues here after any crash. */
export interface ExportCheckpoint {
  transactionTime: number;
  /** Of the payload's types those of which there was anything then. */
  types: string[];
  /** Index of the leg in hand; legs follow from payload and types. */
  leg: number;
  /** Within that leg; absent at its start. */
  after?: Position;
  exported: number;
  files: ExportFile[];
}

export const payloadOf = (job: JobRecord): ExportPayload => job.payload as ExportPayload;

export const checkpointOf = (job: JobRecord): ExportCheckpoint | undefined => job.checkpoint as ExportCheckpoint | undefined;

/** Folder of the job's files in the file store. */
export const folderOf = (job: Pick<JobRecord, 'id'>): string => `export/${job.id}`;
