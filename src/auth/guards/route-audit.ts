import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_RULE } from './route-rule';

/** Stops the start when a route does not say who may call it: forgetting must not mean "everyone". */
@Injectable()
export class RouteAudit implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype, instance }) => (metatype && instance ? this.undeclared(metatype, instance) : []));
    if (silent.length > 0) {
      throw new Error(`Routes without an access rule: ${silent.join(', ')}. Declare @StandardRoute, @PortalRoute, @FhirRoute or @Public('why').`);
    }
  }

  private undeclared(type: object & { name?: string }, instance: object): string[] {
    const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: never[]) => unknown>;
    const routes = this.scanner.getAllMethodNames(prototype).filter((name) => Reflect.hasMetadata(METHOD_METADATA, prototype[name]!));
    return routes
      .filter((name) => this.reflector.getAllAndOverride<unknown>(ROUTE_RULE, [prototype[name]!, type as never]) === undefined)
      .map((name) => `${type.name}.${name}`);
  }
}
