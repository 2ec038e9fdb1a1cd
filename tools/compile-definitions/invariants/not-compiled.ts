/** Constraints that are not compiled from their expression: key, the path where it stands if others of that key are compiled, and why. */
export interface NotCompiled {
  key: string;
  path?: string;
  reason: string;
}

/** `npm run generate` fails on a constraint that it cannot compile and that is not here, and on a line here that meets none. */
export const NOT_COMPILED: readonly NotCompiled[] = [
  { key: 'ele-1', reason: 'Checked with the structure: an object is never empty, nor an id alone (object-check.ts).' },
  { key: 'dom-3', reason: 'Written by hand (contained-check.ts): the type of a descendant is not to be seen in JSON.' },
  { key: 'ref-1', reason: 'Written by hand (contained-check.ts): looked up, where the expression would go through all that is contained for each reference.' },
  { key: 'txt-1', reason: 'Written by hand (narrative-check.ts): which elements and attributes XHTML in a narrative may have.' },
  { key: 'txt-2', reason: 'Written by hand (narrative-check.ts): a narrative says something.' },
  { key: 'ras-1', path: 'RiskAssessment.prediction.probabilityDecimal', reason: 'A decimal has no low and high; a Range is checked.' },
  { key: 'cid-0', reason: 'A mistake of R4: ChargeItemDefinition has no name.' },
  { key: 'evv-1', reason: 'Of a later release: it names elements that R4 does not have.' },
];
