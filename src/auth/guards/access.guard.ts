import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { context, forbidden } from '../../kernel';
import type { CheckedToken } from '../tokens/checked-token';
import { assertPortalRoute, assertStandardRoute } from './assert-route';
import { BearerGuard } from './bearer.guard';
import { ROUTE_RULE, type RouteRule } from './route-rule';

/** The one door: every request of every route passes here, and what is not declared is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearer: BearerGuard,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [execution.getHandler(), execution.getClass()]);
    if (!rule) throw forbidden('This route declares no access rule.');
    if (rule.surface === 'public') return true;
    const token = await this.bearer.authenticate(execution);
    enter(token);
    if (rule.surface === 'standard') assertStandardRoute(token, rule);
    else if (rule.surface === 'portal') assertPortalRoute(token, rule);
    else context().audit.action ??= rule.interaction;
    return true;
  }
}

/** From here on the request knows who acts; also a refusal is then audited with a name. */
function enter({ access }: CheckedToken): void {
  const current = context();
  current.access = access;
  if (access.patient) current.audit.patient = access.patient;
}
