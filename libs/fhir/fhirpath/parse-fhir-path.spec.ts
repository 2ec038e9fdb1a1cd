import { parseFhirPath } from './parse-fhir-path';
import { FhirPathSyntaxError, type PathNode } from './path-node';

/** The expression with every operation in brackets, to show what binds to what. */
function shown(node: PathNode): string {
  const inside = 'of' in node && node.of ? shown(node.of) : undefined;
  const prefix = inside === undefined ? '' : `${inside}.`;
  switch (node.kind) {
    case 'literal':
      return JSON.stringify(node.value);
    case 'empty':
      return '{}';
    case 'this':
      return '$this';
    case 'variable':
      return `%${node.name}`;
    case 'child':
      return prefix + node.name;
    case 'call':
      return `${prefix}${node.name}(${node.arguments.map(shown).join(', ')})`;
    case 'index':
      return `${inside}[${shown(node.at)}]`;
    case 'type':
      return `(${inside} ${node.operator} ${node.type})`;
    case 'binary':
      return `(${shown(node.left)} ${node.operator} ${shown(node.right)})`;
    case 'negate':
      return `-${inside}`;
  }
}

describe(parseFhirPath, () => {
  it.each([
    ['Patient.name', 'Patient.name'],
    ['name.where(use = \'official\').given[0]', 'name.where((use = "official")).given[0]'],
    ['a and b or c implies d', '(((a and b) or c) implies d)'],
    ['a.exists() = b.exists()', '(a.exists() = b.exists())'],
    ["code in 'x' | 'y'", '(code in ("x" | "y"))'],
    ['a = 1 + 2 * 3', '(a = (1 + (2 * 3)))'],
    ['value as Quantity = 3', '((value as Quantity) = 3)'],
    ['value is FHIR.Quantity', '(value is Quantity)'],
    ['(value as Quantity).unit', '(value as Quantity).unit'],
    ["'#'+id in %resource.contained.id", '(("#" + id) in %resource.contained.id)'],
    ['$this > -1.5', '($this > -1.5)'],
    ['text.`div`', 'text.div'],
    ["%`vs-name` | %'x'", '(%vs-name | %x)'],
    ["'it\\'s \\u0041\\n'", JSON.stringify("it's A\n")],
    ['{} = true', '({} = true)'],
    ['a /* b */ . c // d', 'a.c'],
    ['iif(a, b, c)', 'iif(a, b, c)'],
    ["resource.contains('/x')", 'resource.contains("/x")'],
  ])('reads %s as %s', (text, expected) => {
    expect(shown(parseFhirPath(text))).toBe(expected);
  });

  it.each([
    ['', 1],
    ['Patient.', 9],
    ['a b', 3],
    ['name.where(use=', 16],
    ['(a', 3],
    ['a[0', 4],
    ["'open", 1],
    ['a ? b', 3],
    ['a.#', 3],
    ['@2020-01-01', 1],
  ])('refuses “%s” and says where', (text, character) => {
    expect(() => parseFhirPath(text)).toThrow(new RegExp(`at character ${character}\\.$`));
  });

  it('refuses what is too long or too deep, quickly', () => {
    const deep = '('.repeat(900) + 'a' + ')'.repeat(900);
    expect(() => parseFhirPath(deep)).toThrow(FhirPathSyntaxError);
    expect(() => parseFhirPath('a'.repeat(2001))).toThrow(/2000 characters/);
    expect(() => parseFhirPath(`a${' '.repeat(1900)}/* ${'*'.repeat(50)}`)).toThrow(FhirPathSyntaxError);
  });
});
