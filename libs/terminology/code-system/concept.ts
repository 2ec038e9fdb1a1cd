import type { ConceptProperty, Designation } from '../terminology-resources';

/** A concept of a code system with its place in the hierarchy. */
export interface Concept {
  code: string;
  display?: string;
  definition?: string;
  designations: readonly Designation[];
  properties: readonly ConceptProperty[];
  parents: Set<Concept>;
  children: Set<Concept>;
  /** Only there to group others; not to be chosen. */
  abstract: boolean;
  inactive: boolean;
}

/** The value of a property as text, whatever its type. */
export function propertyText({ valueCode, valueCoding, valueString, valueInteger, valueBoolean, valueDateTime, valueDecimal }: ConceptProperty): string | undefined {
  const value = valueCode ?? valueCoding?.code ?? valueString ?? valueInteger ?? valueBoolean ?? valueDateTime ?? valueDecimal;
  return value === undefined ? undefined : String(value);
}

const ABSTRACT = new Set(['notSelectable', 'abstract']);
const INACTIVE_STATUS = new Set(['retired', 'deprecated', 'inactive']);

const isTrue = (property: ConceptProperty): boolean => property.valueBoolean === true || property.valueCode === 'true';

export const isAbstract = (properties: readonly ConceptProperty[]): boolean => properties.some((one) => ABSTRACT.has(one.code ?? '') && isTrue(one));

/** By R4's concept properties `inactive` and `status`. */
export function isInactive(properties: readonly ConceptProperty[]): boolean {
  return properties.some((one) => (one.code === 'inactive' && isTrue(one)) || (one.code === 'status' && INACTIVE_STATUS.has(propertyText(one)?.toLowerCase() ?? '')));
}
