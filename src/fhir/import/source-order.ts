import { fileBytes } from './file-bytes';
import type { SourceFile } from './source-file';

/** Places and people that charts refer to. */
const MASTER = new Set(['Organization', 'Location', 'Practitioner', 'PractitionerRole', 'HealthcareService', 'Endpoint', 'Bundle']);

/** A name may lie across two chunks. */
const OVERLAP = 64;

const BATCH = /"type"\s*:\s*"batch"/;
const TYPE = /"resourceType"\s*:\s*"([A-Za-z]+)"/g;

/** Bulk files hold one type each; what others refer to goes first. */
const NDJSON_RANK: Readonly<Record<string, number>> = { Patient: 2, Encounter: 3 };

const RANK = { batch: 0, master: 1, chart: 4 } as const;

/**
 * Master data before charts, whatever the files are called; else by name. A look into the text is enough:
 * it is parsed once, when its turn comes.
 */
export async function inLoadingOrder(files: readonly SourceFile[]): Promise<SourceFile[]> {
  const ranked = [];
  for (const file of files) ranked.push({ file, rank: await rankOf(file) });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
}

async function rankOf({ path, format }: SourceFile): Promise<number> {
  const types: string[] = [];
  let seen = '';
  try {
    for await (const chunk of await fileBytes(path)) {
      seen += (chunk as Buffer).toString('latin1');
      if (types.length === 0 && BATCH.test(beforeEntries(seen))) return RANK.batch;
      types.push(...[...seen.matchAll(TYPE)].map(([, type]) => type!));
      if (types.some((type) => !MASTER.has(type))) return format === 'ndjson' ? (NDJSON_RANK[types[0]!] ?? RANK.chart) : RANK.chart;
      seen = seen.slice(-OVERLAP);
    }
  } catch {
    // Unreadable files are reported when their turn comes.
    return RANK.chart;
  }
  return types.length > 0 ? RANK.master : RANK.chart;
}

const beforeEntries = (text: string): string => text.slice(0, text.indexOf('"entry"') + 1 || undefined);
