import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE_RULE, type RouteRule } from '../../src/auth/guards/route-rule';
import type { TestApp } from '../harness/start-app';

export interface Route {
  method: string;
  /** Template, e.g. `/apis/:site/api/patient/:puuid`. */
  path: string;
  rule: RouteRule;
}

type Handler = (...args: never[]) => unknown;

/** Every route the application serves, with what it demands of its caller. */
export function routesOf({ app }: TestApp): Route[] {
  const scanner = new MetadataScanner();
  return app.get(DiscoveryService).getControllers().flatMap(({ metatype, instance }) => {
    if (!metatype || !instance) return [];
    const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => routesOfMethod(metatype, prototype[name]!));
  });
}

function routesOfMethod(controller: object, handler: Handler): Route[] {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const rule = (Reflect.getMetadata(ROUTE_RULE, handler) ?? Reflect.getMetadata(ROUTE_RULE, controller)) as RouteRule;
  const paths = (target: object): string[] => [(Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined) ?? ''].flat();
  return paths(controller).flatMap((base) => paths(handler).map((path) => ({ method: RequestMethod[method], path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'), rule })));
}
