import type { CodeableConcept, Coding, FhirResource, Reference } from './resource';

type Element = { [name: string]: unknown };

/** Narrow reads of validated resources: what is asked for, or nothing. */
export const reading = {
  text: (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null),
  number: (value: unknown): number | null => {
    const number = typeof value === 'object' && value !== null ? Number(value.valueOf()) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : null;
  },
  list: (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : []),
  element: (value: unknown): Element => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : {}),
  concept: (value: unknown): CodeableConcept => reading.element(value) as CodeableConcept,
  codings: (value: unknown): Coding[] => reading.list(reading.element(value).coding) as Coding[],
  /** The code of `system` in a concept. */
  code: (value: unknown, system: string): string | null => reading.codings(value).find((coding) => coding.system === system)?.code ?? null,
  /** The logical id of a literal local reference to `type`. */
  referenceId: (value: unknown, type: string): string | null => {
    const reference = (reading.element(value) as Reference).reference;
    const match = typeof reference === 'string' ? /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/.exec(reference) : null;
    return match && match[1] === type ? match[2]! : null;
  },
  extension: (resource: Element | FhirResource, url: string): Element => reading.list(resource.extension).find((one) => one.url === url) ?? {},
};
