import type { PathNode } from '../../../libs/fhir/fhirpath/path-node';
import type { TypeTables } from '../element-tables';
import type { Code } from './code';

/** Where an expression is compiled. */
export interface Scope {
  tables: TypeTables;
  /** What names without owner are members of. */
  focus: Code;
  /** What the whole expression is about: `%context`. */
  context: Code;
  /** Resource type of `%resource`, where the constraint belongs to one. */
  resourceType: string | undefined;
  /** How many variables are in use around here. */
  depth: number;
}

/** Compiles what stands within another expression. */
export type Compile = (node: PathNode, scope: Scope) => Code;
