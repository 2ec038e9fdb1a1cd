import type { Names } from './names';

const IMPORT = /^import \{ \w+Domain \} from '\.\/[\w-]+';$/gm;
const LIST = /(export const \w+Domains: Domain\[\] = \[)([^\]]*)(\];)/;

/** The text of `clinical/index.ts` or `practice/index.ts` with one more domain at the end of its list, or why that cannot be. */
export function withDomain(index: string, { kebab, camel }: Names): { text: string } | { fault: string } {
  const last = [...index.matchAll(IMPORT)].at(-1);
  const list = LIST.exec(index);
  if (!last || !list) return { fault: 'The list of domains is not in the form this tool knows: one import line per domain, one array.' };
  if (index.includes(`${camel}Domain`)) return { fault: `${camel}Domain is in the list already.` };
  const at = last.index + last[0].length;
  const imported = `${index.slice(0, at)}\nimport { ${camel}Domain } from './${kebab}';${index.slice(at)}`;
  const items = list[2]!.trim().replace(/,$/, '');
  return { text: imported.replace(LIST, (_, open: string, _items, close: string) => `${open}${items}, ${camel}Domain${close}`) };
}
