import { Injectable } from '@nestjs/common';
import { EXPORT_OPERATIONS } from '../bulk/export.operations';
import type { OperationDeclaration } from '../operations/operation';
import { OperationRegistry } from '../operations/operation-registry';

/** An operation with the id under which its definition is read. */
export interface OfferedOperation extends OperationDeclaration {
  id: string;
}

/** Every operation that answers, whoever has its route. */
@Injectable()
export class OfferedOperations {
  private known?: readonly OfferedOperation[];

  constructor(private readonly registry: OperationRegistry) {}

  /** To be called once all have registered themselves. */
  all(): readonly OfferedOperation[] {
    this.known ??= [...this.registry.all().map(({ declaration }) => declaration), ...EXPORT_OPERATIONS].map((one) => ({ ...one, id: idOf(one) }));
    return this.known;
  }

  /** Those of the whole system. */
  ofSystem(): readonly OfferedOperation[] {
    return this.all().filter(({ levels }) => levels.includes('system'));
  }

  /** Those of a type or of its instances. */
  of(type: string): readonly OfferedOperation[] {
    return this.all().filter(({ levels, types }) => (levels.includes('type') || levels.includes('instance')) && (!types || types.includes(type)));
  }
}

/** As HL7 names its own: Patient-everything; what many types have goes by its name alone. */
function idOf({ name, types, definition }: OperationDeclaration): string {
  if (definition !== undefined) return definition.slice(definition.lastIndexOf('/') + 1);
  return types?.length === 1 ? `${types[0]}-${name}` : name;
}

/** Where a client finds out about it: with HL7, or here. */
export const canonicalOf = ({ id, definition }: OfferedOperation, base: string): string => definition ?? `${base}/OperationDefinition/${id}`;
