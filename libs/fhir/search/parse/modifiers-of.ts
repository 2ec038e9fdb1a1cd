import type { Modifier } from '../expression';
import type { SearchParameter } from '../search-parameters';
import { MODIFIERS } from './test-values';

/** The modifiers a parameter takes: `:of-type` asks for the type of an identifier, and codes without a system of their own have no text. */
export function modifiersOf(parameter: SearchParameter): readonly Modifier[] {
  const { type, elements, code } = parameter;
  if (code === '_id') return ['not'];
  if (code === 'phonetic') return [];
  const modifiers = MODIFIERS[type];
  if (type !== 'token') return modifiers;
  return modifiers.filter((modifier) => (modifier === 'of-type' ? elements.includes('Identifier') : modifier !== 'text' || hasTexts(parameter)));
}

/** Whether it is a token whose elements have texts besides. */
export const hasTexts = ({ type, elements }: SearchParameter): boolean => type === 'token' && elements.some((element) => element === 'CodeableConcept' || element === 'Coding' || element === 'Identifier');
