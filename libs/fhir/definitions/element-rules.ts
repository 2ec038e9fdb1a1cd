import { ELEMENTS } from '../generated/elements';

/** What the specification says of one JSON member of a type. A choice (`value[x]`) yields one rule for each of its types. */
export interface ElementRule {
  name: string;
  type: string;
  required: boolean;
  many: boolean;
  /** Name of the choice it is one of: `value[x]`. */
  choice?: string;
  /** Short name of the value set whose codes alone are allowed. */
  valueSet?: string;
  /** Resource types that a reference may lead to; absent: any. */
  targets?: readonly string[];
}

/** The elements of a type or backbone element (`Patient.contact`), those of its base types first. Throws on an unknown name. */
export function elementRules(typeName: string): ElementRule[] {
  const text = Object.hasOwn(ELEMENTS, typeName) ? ELEMENTS[typeName] : undefined;
  if (text === undefined) throw new Error(`No such type: ${typeName}`);
  const [base, ...rows] = text.split('\n');
  const inherited = base === undefined || base === '-' ? [] : elementRules(base);
  return [...inherited, ...rows.flatMap(rulesOfRow)];
}

/** The type whose elements a type takes over; undefined for `Element` and `Resource`. */
export function baseOf(typeName: string): string | undefined {
  const base = Object.hasOwn(ELEMENTS, typeName) ? ELEMENTS[typeName]?.split('\n', 1)[0] : undefined;
  return base === '-' ? undefined : base;
}

function rulesOfRow(row: string): ElementRule[] {
  const [name = '', cardinality = '', types = '', valueSet = '-', targets] = row.split(' ');
  const shared = {
    required: cardinality.startsWith('1'),
    many: cardinality.endsWith('*'),
    ...(valueSet === '-' ? {} : { valueSet }),
    ...(targets === undefined ? {} : { targets: targets.split('|') }),
  };
  if (!name.endsWith('[x]')) return [{ name, type: types, ...shared }];
  const stem = name.slice(0, -3);
  return types.split('|').map((type) => ({ name: stem + capitalized(type), type, choice: name, ...shared }));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
