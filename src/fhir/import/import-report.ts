import type { EntryResult } from '../bundle';
import type { Problem, SalusError } from '../../kernel';

/** Something that was not stored, and why. Holds no clinical value. */
export interface Refusal {
  file: string;
  /** Position in the Bundle. */
  entry?: number;
  /** Line of an NDJSON file, counted from 1. */
  line?: number;
  /** FHIRPath of the element, where one is to blame. */
  expression?: string;
  message: string;
}

/** What an import did. */
export interface ImportReport {
  files: number;
  /** Resources that are stored now, by what it took. */
  created: number;
  updated: number;
  unchanged: number;
  deleted: number;
  /** Resources of the files that were not stored. */
  refused: number;
  /** The first reasons, MOST_REASONS at most. */
  refusals: Refusal[];
  /** Stored resources by type. */
  types: Record<string, number>;
  milliseconds: number;
}

const MOST_REASONS = 1000;

/** Adds up what becomes of resources while an import runs. */
export class Tally {
  readonly report: ImportReport = { files: 0, created: 0, updated: 0, unchanged: 0, deleted: 0, refused: 0, refusals: [], types: {}, milliseconds: 0 };

  get done(): number {
    const { created, updated, unchanged, deleted } = this.report;
    return created + updated + unchanged + deleted;
  }

  /** What became of an entry that was not refused. */
  count(result: EntryResult): void {
    if (result.kind === 'written') this.stored(result.written.type, result.written.outcome);
    else if (result.kind === 'existing') this.stored(result.stored.type, 'unchanged');
  }

  /** `resources` of a file were not stored; `error` says why. */
  refuse(where: Place, error: SalusError, resources = 1): void {
    this.report.refused += resources;
    const problems: Problem[] = error.problems.length > 0 ? error.problems : [{ message: error.message }];
    for (const problem of problems) {
      if (this.report.refusals.length < MOST_REASONS) this.report.refusals.push(reason(where, problem));
    }
  }

  private stored(type: string, outcome: 'created' | 'updated' | 'unchanged' | 'deleted'): void {
    this.report[outcome]++;
    if (outcome !== 'deleted') this.report.types[type] = (this.report.types[type] ?? 0) + 1;
  }
}

/** Where in the input something stands. */
export interface Place {
  file: string;
  entry?: number;
  line?: number;
  /** Type of a resource that stands on a line of its own. */
  type?: string;
}

const IN_BUNDLE = /^Bundle\.entry\[(\d+)\]/;

/** In NDJSON the resource stands alone: `Bundle.entry[3].resource.status` is said as `Patient.status`. */
function reason({ file, entry, line, type }: Place, { path, message }: Problem): Refusal {
  if (line !== undefined) {
    const expression = path?.replace(/^Bundle\.entry\[\d+\](\.resource)?/, type ?? 'Resource');
    return { file, line, ...(expression !== undefined && { expression }), message };
  }
  const position = entry ?? (path === undefined ? undefined : indexIn(path));
  return { file, ...(position !== undefined && { entry: position }), ...(path !== undefined && { expression: path }), message };
}

function indexIn(path: string): number | undefined {
  const found = IN_BUNDLE.exec(path)?.[1];
  return found === undefined ? undefined : Number(found);
}
