import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SalusError } from '../../kernel';
import type { Operation, OperationLevel } from './operation';
import { OPERATION } from './operation-provider';

export interface OperationAddress {
  name: string;
  level: OperationLevel;
  type?: string;
}

/** Every operation of the engine. Routes, batch entries, the CapabilityStatement and OperationDefinitions read it. */
@Injectable()
export class OperationRegistry implements OnModuleInit {
  private readonly operations: Operation[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (metatype && Reflect.getMetadata(OPERATION, metatype)) this.register(instance as Operation);
    }
  }

  register(operation: Operation): void {
    const { name, levels, types } = operation.declaration;
    const taken = this.named(name).find(({ declaration }) => declaration.levels.some((level) => levels.includes(level) && (level === 'system' || overlap(types, declaration.types))));
    if (taken) throw new Error(`Two operations claim $${name}.`);
    this.operations.push(operation);
  }

  all(): readonly Operation[] {
    return this.operations;
  }

  /** The operation that answers at this address; throws `not-found` where there is none, saying where it is offered. */
  find({ name, level, type }: OperationAddress): Operation {
    const named = this.named(name);
    if (named.length === 0) throw notOffered(`There is no operation $${name.slice(0, 64)}; the CapabilityStatement lists those there are.`);
    const found = named.find(({ declaration }) => declaration.levels.includes(level) && (level === 'system' || !declaration.types || declaration.types.includes(type!)));
    if (!found) throw notOffered(`$${name} is not offered ${AT[level]}${type ? ` of ${type}` : ''}; call ${named.flatMap(addresses).join(', ')}.`);
    return found;
  }

  private named(name: string): Operation[] {
    return this.operations.filter(({ declaration }) => declaration.name === name);
  }
}

const AT: Record<OperationLevel, string> = { system: 'at system level', type: 'at the level', instance: 'on an instance' };

const overlap = (some: readonly string[] | undefined, others: readonly string[] | undefined): boolean => !some || !others || some.some((type) => others.includes(type));

function addresses({ declaration: { name, levels, types } }: Operation): string[] {
  const prefixes = types ?? ['[type]'];
  return levels.flatMap((level) => (level === 'system' ? [`$${name}`] : prefixes.map((type) => (level === 'type' ? `${type}/$${name}` : `${type}/[id]/$${name}`))));
}

const notOffered = (message: string) => new SalusError('not-found', message, [{ rule: 'not-supported', message }]);
