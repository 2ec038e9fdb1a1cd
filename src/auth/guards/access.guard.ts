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
  private readonly rules = new WeakMap<object, WeakMap<object, RouteRule>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly bearer: BearerGuard,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.ruleOf(execution);
    if (!rule) throw forbidden('This route declares no access rule.');
    if (rule.surface === 'public') return true;
    const known = this.bearer.known(execution);
    return known ? admit(known, rule) : this.bearer.authenticate(execution).then((token) => admit(token, rule));
  }

  /** Declarations do not change: each is looked up once. */
  private ruleOf(execution: ExecutionContext): RouteRule | undefined {
    const handler = execution.getHandler();
    const controller = execution.getClass();
    const known = this.rules.get(controller) ?? new WeakMap<object, RouteRule>();
    this.rules.set(controller, known);
    const rule = known.get(handler) ?? this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [handler, controller]);
    if (rule) known.set(handler, rule);
    return rule;
  }
}

function admit(token: CheckedToken, rule: Exclude<RouteRule, { surface: 'public' }>): true {
  enter(token);
  if (rule.surface === 'standard') assertStandardRoute(token, rule);
  else if (rule.surface === 'portal') assertPortalRoute(token, rule);
  else context().audit.action ??= rule.interaction;
  return true;
}

/** From here on the request knows who acts; also a refusal is then audited with a name. */
function enter({ access }: CheckedToken): void {
  const current = context();
  current.access = access;
  if (access.patient) current.audit.patient = access.patient;
}
