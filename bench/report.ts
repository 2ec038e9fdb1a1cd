import { type Measure, meets } from './measures/measure';

const rounded = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });

const goalOf = ({ goal }: Measure): string => ('atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`);

/** The measures as a table that reads the same on a terminal and in Markdown. */
export function tableOf(measures: readonly Measure[]): string {
  const head = ['what / against what', 'measured', 'against', 'unit', 'ratio', 'by CPU', 'goal', 'met'];
  const rows = measures.map((measure) => [
    measure.name, rounded(measure.value), rounded(measure.against), measure.unit, measure.ratio.toFixed(2), measure.cpuRatio?.toFixed(2) ?? '', goalOf(measure), meets(measure) ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
