import { defaultOf, type Setting } from '../env-example';

/** The settings as a table for reading: name, default, meaning. */
export function environmentPage(table: Readonly<Record<string, Setting>>): string {
  const rows = Object.entries(table).map(([name, setting]) => `| \`${name}\` | ${code(defaultOf(setting))} | ${cell(setting.about)} |`);
  return `# Environment

Every setting, read once at the start by \`src/config\` and validated there; an unknown \`SALUS_*\` name stops the start.

| name | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const code = (value: string): string => (value === '' ? '' : `\`${value}\``);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
