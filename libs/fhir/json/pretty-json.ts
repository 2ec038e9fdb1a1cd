import { endOfString } from './end-of-string';

/** A JSON text, indented for reading. Only blanks change: numbers and strings stay as they are written. */
export function prettyJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  const breakLine = (): void => {
    parts.push(`\n${'  '.repeat(depth)}`);
  };
  const flush = (to: number): void => {
    if (to > from) parts.push(text.slice(from, to));
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end;
    } else if (char === '{' || char === '[') {
      flush(at);
      parts.push(char);
      const next = skipBlanks(text, at + 1);
      if (text[next] === (char === '{' ? '}' : ']')) {
        parts.push(text[next]!);
        at = next;
        from = next + 1;
      } else {
        depth += 1;
        breakLine();
      }
    } else if (char === '}' || char === ']') {
      flush(at);
      depth -= 1;
      breakLine();
      parts.push(char);
    } else if (char === ',') {
      flush(at);
      parts.push(char);
      breakLine();
    } else if (char === ':') {
      flush(at);
      parts.push(': ');
    } else if (isBlank(char)) flush(at);
  }
  flush(text.length);
  return `${parts.join('')}\n`;
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\n' || char === '\t' || char === '\r';

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text[at])) at++;
  return at;
}
