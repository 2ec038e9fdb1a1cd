import { Importer, type ImportReport } from '../fhir/import';
import { atSite, inHouse } from './house';
import { Incomplete } from './outcome';
import { print } from './output';
import { Progress } from './progress';

export interface ImportOptions {
  site: string;
  json?: boolean;
}

/** How many reasons are shown to a person; `--json` has them all. */
const SHOWN = 20;

/** Loads what `paths` name and tells what became of it. */
export async function runImport(paths: string[], { site, json }: ImportOptions): Promise<void> {
  const report = await inHouse({ verb: 'import' }, (house) =>
    atSite(house, site, 'import', async () => {
      const progress = new Progress(json);
      const done = await house.app.get(Importer).importPaths(site, paths, {
        onProgress: ({ bytes, stored }) => progress.tell({ share: bytes.all > 0 ? bytes.done / bytes.all : 0, count: stored, unit: 'resources' }),
      });
      progress.end();
      return done;
    }),
  );
  print(json, report, () => summary(report));
  if (report.refused > 0) throw new Incomplete(`${report.refused} resources were refused.`);
}

function summary(report: ImportReport): string {
  const stored = report.created + report.updated + report.unchanged + report.deleted;
  const rate = Math.round((stored / Math.max(1, report.milliseconds)) * 1000);
  const types = Object.entries(report.types).sort().map(([type, count]) => `  ${type} ${count}`);
  const reasons = report.refusals.slice(0, SHOWN).map(({ file, entry, line, expression, message }) => `  ${[file, entry !== undefined && `entry ${entry}`, line !== undefined && `line ${line}`, expression].filter(Boolean).join(', ')}: ${message}`);
  return [
    `${report.files} files: ${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.deleted} deleted, ${report.refused} refused (${rate} resources/s)`,
    ...types,
    ...(reasons.length > 0 ? ['Refused:', ...reasons] : []),
  ].join('\n');
}
