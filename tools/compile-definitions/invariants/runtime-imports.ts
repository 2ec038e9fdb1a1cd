/** What generated code may use, by the file of libs/fhir/validation that holds it: functions, and types (in capitals). */
const RUNTIME: Readonly<Record<string, readonly string[]>> = {
  invariant: ['Invariant'],
  'path-collections': ['distinct', 'hasValue', 'intersect', 'isDistinct', 'isIn', 'isResource', 'repeat', 'resolve', 'union'],
  'path-members': ['children', 'choice', 'descendants', 'each', 'eachChoice', 'eachOpen', 'list', 'many', 'one', 'single'],
  'path-values': ['and', 'calculate', 'equal', 'implies', 'is', 'isSame', 'matches', 'mayBeLess', 'not', 'or', 'text', 'toInteger', 'truth', 'xor'],
  'profile-checks': ['ProfileCheck', 'ProfileDefinition', 'at', 'choiceCounted', 'choiceTypes', 'counted', 'fits', 'fixed', 'items', 'pattern', 'slices', 'target'],
  'value-set-check': ['bound', 'codesOfSystems', 'isBound'],
};

/** The imports that a piece of generated code needs. */
export function importsOf(code: string, folder: string): string[] {
  return Object.entries(RUNTIME).flatMap(([file, names]) => {
    const used = names.filter((name) => (isType(name) ? new RegExp(`\\b${name}\\b`) : new RegExp(`(?<![.\\w])${name}\\(`)).test(code));
    return used.length === 0 ? [] : [`import { ${used.map((name) => (isType(name) ? `type ${name}` : name)).join(', ')} } from '${folder}/${file}';`];
  });
}

const isType = (name: string): boolean => /^[A-Z]/.test(name);
