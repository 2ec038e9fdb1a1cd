/** The forms of a domain's name that its files use. */
export interface Names {
  /** Folder and files: `care-note`. */
  kebab: string;
  /** Table, scope and path of the standard API: `care_note`. */
  snake: string;
  /** Values: `careNote`. */
  camel: string;
  /** Classes and types: `CareNote`. */
  Pascal: string;
  /** Prose: `care note`, and at the beginning of a sentence `Care note`. */
  words: string;
  Words: string;
}

/** The column that says which domain a resource comes from holds this much. */
const LONGEST = 30;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** All forms of `name`, or why it is none: lower-case words of letters and digits, joined by dashes. */
export function namesOf(name: string): Names | string {
  if (name.length > LONGEST) return `“${name}” is too long: at most ${LONGEST} characters.`;
  if (!/^[a-z][a-z0-9]+(-[a-z][a-z0-9]*)*$/.test(name)) return `“${name}” is no name for a domain: use lower-case words joined by dashes, such as care-note.`;
  const parts = name.split('-');
  const Pascal = parts.map(capital).join('');
  const words = parts.join(' ');
  return { kebab: name, snake: parts.join('_'), camel: Pascal.charAt(0).toLowerCase() + Pascal.slice(1), Pascal, words, Words: capital(words) };
}
