import { Injectable } from '@nestjs/common';
import { type Access, SalusError } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration, OperationLevel } from './operation';
import { OperationRegistry } from './operation-registry';
import type { QueryPairs } from './query-parameters';
import { readInput } from './read-input';

export interface OperationRequest {
  /** Without the dollar sign. */
  name: string;
  type?: string;
  id?: string;
  method: 'GET' | 'POST';
  query?: QueryPairs;
  body?: unknown;
  baseUrl: string;
}

/** Calls an operation, for routes and for entries of a batch alike. */
@Injectable()
export class OperationRunner {
  constructor(private readonly registry: OperationRegistry) {}

  /** What the audit says of the request is the caller’s to note. */
  async run(access: Access, request: OperationRequest): Promise<OperationAnswer> {
    const { operation, call } = this.prepare(access, request);
    return operation.run(call);
  }

  /** The operation found and its parameters read; nothing has happened yet. */
  prepare(access: Access, request: OperationRequest): { operation: Operation; call: OperationCall } {
    const { name, type, id, method, query = [], body, baseUrl } = request;
    const level: OperationLevel = id !== undefined ? 'instance' : type !== undefined ? 'type' : 'system';
    const place = { ...(type !== undefined && { type: knownType(type) }), ...(id !== undefined && { id: legalId(id) }) };
    const operation = this.registry.find({ name, level, ...place });
    if (operation.declaration.affectsState && method !== 'POST') throw postOnly(name);
    const { declaration } = operation;
    const input = declaration.ownBody ? readInput(withoutDemands(declaration), query) : readInput(declaration, query, body);
    return { operation, call: { access, name, level, method, ...place, input, baseUrl, ...(declaration.ownBody && { body }) } };
  }
}

/** What the URL lacks, the body may hold. */
const withoutDemands = (declaration: OperationDeclaration): OperationDeclaration => ({ ...declaration, parameters: declaration.parameters.map((one) => ({ ...one, min: 0 })) });

const postOnly = (name: string) => new SalusError('not-allowed', `$${name} changes what is stored; call it by POST.`, [], { headers: { allow: 'POST' } });
