import { instant } from '../../kernel';
import type { JobRecord } from '../../queue';
import { checkpointOf, type ExportFile, payloadOf } from './export.job';

export interface Manifest {
  transactionTime: string;
  request: string;
  requiresAccessToken: true;
  output: ManifestFile[];
  deleted: ManifestFile[];
  error: ManifestFile[];
}

interface ManifestFile {
  type: string;
  url: string;
  count: number;
}

/** What a finished export offers (Bulk Data Access 2.0 §“Response - Complete Status”). `base` is the FHIR base URL. */
export function manifestOf(job: JobRecord, base: string): Manifest {
  const { transactionTime, files } = checkpointOf(job)!;
  const named = files.map((file, index) => ({ file, url: `${base}/$export-file/${job.id}/${fileName(file, index)}` }));
  const listed = (list: ExportFile['list']): ManifestFile[] =>
    named.filter(({ file }) => file.list === list).map(({ file, url }) => ({ type: file.type, url, count: file.count }));
  return {
    transactionTime: instant(transactionTime),
    request: payloadOf(job).request,
    requiresAccessToken: true,
    output: listed('output'),
    deleted: listed('deleted'),
    error: [],
  };
}

/** A name a person can tell apart on their disk; in the store the file has another. */
const fileName = ({ type }: ExportFile, index: number): string => `${type}.${index + 1}.ndjson`;

/** The file of that name; names are compared, never used as a path. */
export function fileNamed(job: JobRecord, name: string): ExportFile | undefined {
  return checkpointOf(job)?.files.find((file, index) => fileName(file, index) === name);
}
