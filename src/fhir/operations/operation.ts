import type { FhirResource } from '#libs/fhir';
import type { Access } from '../../kernel';
import type { OperationInput } from './operation-input';

export type OperationLevel = 'system' | 'type' | 'instance';

export interface OperationParameter {
  name: string;
  use: 'in' | 'out';
  min: number;
  max: '1' | '*';
  /** A data type, a resource type, `Resource`, `Element` for any data type, or a search parameter type; absent where it has parts. */
  type?: string;
  documentation: string;
  parts?: readonly OperationParameter[];
}

/** What an operation says of itself (R4 §3.2.0): the routes, their checks and the OperationDefinition follow from it. */
export interface OperationDeclaration {
  /** Without the dollar sign. Several operations may share a name, each for other types. */
  name: string;
  title: string;
  description: string;
  /** Canonical URL of HL7's OperationDefinition; absent: the operation is ours and so is its definition. */
  definition?: string;
  levels: readonly OperationLevel[];
  /** Absent: every type. Has no bearing on the system level. */
  types?: readonly string[];
  /** Then it is called by POST alone (R4 §3.2.0.4). */
  affectsState: boolean;
  parameters: readonly OperationParameter[];
  /** The body is the operation’s own matter, and may hold what is required (GraphQL). */
  ownBody?: boolean;
}

export interface OperationCall {
  access: Access;
  name: string;
  type?: string;
  id?: string;
  level: OperationLevel;
  method: 'GET' | 'POST';
  input: OperationInput;
  /** Only where the declaration says `ownBody`. */
  body?: unknown;
  /** Of this site’s FHIR API, without a slash at the end. */
  baseUrl: string;
}

export interface OperationAnswer {
  /** 200 unless said otherwise. */
  status?: number;
  /** A resource, or the bytes of one in FHIR JSON. */
  body: FhirResource | Buffer;
  headers?: Record<string, string>;
  /** Where the answer is no FHIR resource (GraphQL). */
  contentType?: string;
}

/** A provider marked by `@OperationProvider()`, by which the OperationRegistry finds it. */
export interface Operation {
  readonly declaration: OperationDeclaration;
  run(call: OperationCall): Promise<OperationAnswer>;
}
