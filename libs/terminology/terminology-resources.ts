import type { Coding, FhirResource } from '#libs/fhir';

/** The parts of R4's terminology resources that are read here. Everything is optional: what is stored may be of any shape. */
export interface ConceptProperty {
  code?: string;
  valueCode?: string;
  valueCoding?: Coding;
  valueString?: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  valueDateTime?: string;
  valueDecimal?: unknown;
}

export interface Designation {
  language?: string;
  use?: Coding;
  value?: string;
}

export interface ConceptDefinition {
  code?: string;
  display?: string;
  definition?: string;
  designation?: Designation[];
  property?: ConceptProperty[];
  concept?: ConceptDefinition[];
}

export interface CodeSystemResource extends FhirResource {
  url?: string;
  version?: string;
  name?: string;
  title?: string;
  status?: string;
  caseSensitive?: boolean;
  content?: 'not-present' | 'example' | 'fragment' | 'complete' | 'supplement';
  hierarchyMeaning?: string;
  property?: { code?: string; description?: string; uri?: string }[];
  concept?: ConceptDefinition[];
}

export interface ConceptFilter {
  property?: string;
  op?: string;
  value?: string;
}

export interface ConceptSet {
  system?: string;
  version?: string;
  concept?: { code?: string; display?: string; designation?: Designation[] }[];
  filter?: ConceptFilter[];
  valueSet?: string[];
}

export interface ExpandedCode {
  system?: string;
  version?: string;
  code?: string;
  display?: string;
  abstract?: boolean;
  inactive?: boolean;
  designation?: Designation[];
  contains?: ExpandedCode[];
}

export interface ValueSetResource extends FhirResource {
  url?: string;
  version?: string;
  name?: string;
  title?: string;
  status?: string;
  compose?: { inactive?: boolean; include?: ConceptSet[]; exclude?: ConceptSet[] };
  expansion?: { contains?: ExpandedCode[]; [element: string]: unknown };
}

export interface MapTarget {
  code?: string;
  display?: string;
  equivalence?: string;
  comment?: string;
  dependsOn?: MapElement[];
  product?: MapElement[];
}

/** A further element that a mapping depends on or yields. */
export interface MapElement {
  property?: string;
  system?: string;
  value?: string;
  display?: string;
}

export interface MapGroup {
  source?: string;
  sourceVersion?: string;
  target?: string;
  targetVersion?: string;
  element?: { code?: string; display?: string; target?: MapTarget[] }[];
  unmapped?: { mode?: string; code?: string; display?: string; url?: string };
}

export interface ConceptMapResource extends FhirResource {
  url?: string;
  version?: string;
  status?: string;
  sourceUri?: string;
  sourceCanonical?: string;
  targetUri?: string;
  targetCanonical?: string;
  group?: MapGroup[];
}

export type TerminologyResource = CodeSystemResource | ValueSetResource | ConceptMapResource;
export type TerminologyType = 'CodeSystem' | 'ValueSet' | 'ConceptMap';

/** Where definitions come from; which of several versions answers to a bare URL is the source's business. */
export interface TerminologySource {
  codeSystem(url: string, version?: string): Promise<CodeSystemResource | undefined>;
  valueSet(url: string, version?: string): Promise<ValueSetResource | undefined>;
}

/** `http://a.org/x|2` → its URL and version. */
export function splitCanonical(canonical: string): { url: string; version?: string } {
  const at = canonical.indexOf('|');
  if (at < 0) return { url: canonical };
  const version = canonical.slice(at + 1).split('#')[0]!;
  return { url: canonical.slice(0, at), ...(version && { version }) };
}
