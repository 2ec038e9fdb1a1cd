import { isKeptByJavaScript } from './decimal';
import { endOfString } from './end-of-string';

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LOWER_E = 0x65;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * How many object members a JSON text writes, duplicates included. Compared with what the engine's parser made of it,
 * this tells whether any was given twice. Undefined where the text needs the exact parser: it nests deeper than
 * allowed, a string does not end, or a number would not come back as it is written.
 */
export function countMembers(text: string, maxDepth: number): number | undefined {
  let members = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === COLON) members++;
    else if (isNumberStart(char)) at = endOfKeptNumber(text, at);
    else depth += depthChange(char);
    if (at < 0 || depth > maxDepth) return undefined;
  }
  return members;
}

/** The members of a parsed value, at any depth. */
export function countMembersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += countMembersIn(item);
    return members;
  }
  for (const key in value) {
    members++;
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === 'object') members += countMembersIn(item);
  }
  return members;
}

function depthChange(char: number): number {
  if (char === OPEN_OBJECT || char === OPEN_ARRAY) return 1;
  return char === CLOSE_OBJECT || char === CLOSE_ARRAY ? -1 : 0;
}

function isNumberStart(char: number): boolean {
  return (char >= ZERO && char <= NINE) || char === MINUS;
}

/** Position of the last character of a number, or -1 if JavaScript would change it. */
function endOfKeptNumber(text: string, start: number): number {
  let end = start + 1;
  while (isNumberPart(text.charCodeAt(end))) end++;
  return isKeptByJavaScript(text.slice(start, end)) ? end - 1 : -1;
}

function isNumberPart(char: number): boolean {
  return (char >= ZERO && char <= NINE) || char === POINT || char === PLUS || char === MINUS || char === LOWER_E || char === UPPER_E;
}
