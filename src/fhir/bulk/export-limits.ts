import { Injectable } from '@nestjs/common';

/** Sizes of the export engine. */
@Injectable()
export class ExportLimits {
  /** A file is closed, and the job's progress stored, past this size: what a crash can cost. */
  partBytes = 256 * 1024 * 1024;
  /** Exports of one client that may be queued or running. */
  activePerClient = 4;
}

/** How long the files stay after the export has ended. */
export const RETENTION_MS = 24 * 3_600_000;
