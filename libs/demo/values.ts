import type { CodeableConcept, Coding, Reference } from '#libs/fhir';
import { hl7, systems } from './codes/systems';

/** A code and how it is shown. */
export type Code = readonly [code: string, display: string];

export interface Quantity {
  value: number;
  unit: string;
  system: string;
  code: string;
}

export function coding(system: string, [code, display]: Code): Coding {
  return { system, code, display };
}

export function concept(system: string, code: Code, text: string = code[1]): CodeableConcept {
  return { coding: [coding(system, code)], text };
}

export const loinc = (code: Code, text?: string) => concept(systems.loinc, code, text);
export const snomed = (code: Code, text?: string) => concept(systems.snomed, code, text);

/** A measure in UCUM; `unit` is what people read, `code` what machines compare. */
export function quantity(value: number, unit: string, code: string = unit): Quantity {
  return { value, unit, system: systems.ucum, code };
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

export function refer(resource: { resourceType: string; id?: string }, display?: string): Reference {
  const reference = `${resource.resourceType}/${resource.id}`;
  return display ? { reference, display } : { reference };
}

/** Section 2.4 of US Core's guidance on missing data: why there is no value. */
export function absent(reason: Code = ['unknown', 'Unknown']): CodeableConcept {
  return concept(hl7('data-absent-reason'), reason);
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Narrative of a resource, made from plain paragraphs. */
export function narrative(paragraphs: readonly string[]): { status: 'generated'; div: string } {
  const escaped = paragraphs.map((line) => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`);
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${escaped.join('')}</div>` };
}

/** Drops what was left undefined at any depth: FHIR has no null (json.html in R4). */
export function compact<T>(value: T): T {
  if (Array.isArray(value)) return value.map(compact) as T;
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, element]) => element !== undefined);
  return Object.fromEntries(kept.map(([name, element]) => [name, compact(element)])) as T;
}
