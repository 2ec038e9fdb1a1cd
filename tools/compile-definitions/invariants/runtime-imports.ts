/** What generated code may call, by the file of libs/fhir/validation that holds it. */
const RUNTIME: Readonly<Record<string, readonly string[]>> = {
  'path-collections': ['distinct', 'hasValue', 'intersect', 'isDistinct', 'isIn', 'isResource', 'repeat', 'resolve', 'union'],
  'path-members': ['children', 'choice', 'descendants', 'each', 'eachChoice', 'eachOpen', 'list', 'many', 'one', 'single'],
  'path-values': ['and', 'calculate', 'equal', 'implies', 'is', 'matches', 'mayBeLess', 'not', 'or', 'text', 'toInteger', 'truth', 'xor'],
};

/** The imports that a piece of generated code needs. */
export function importsOf(code: string, folder: string): string[] {
  return Object.entries(RUNTIME).flatMap(([file, names]) => {
    const used = names.filter((name) => new RegExp(`(?<![.\\w])${name}\\(`).test(code));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${folder}/${file}';`];
  });
}
