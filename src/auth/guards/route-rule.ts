import { SetMetadata } from '@nestjs/common';
import type { AclPermission } from '../acl/groups';

/** FHIR interactions as the CapabilityStatement names them, or an operation. */
export type FhirInteraction =
  | 'read' | 'vread' | 'search' | 'create' | 'update' | 'patch' | 'delete' | 'history' | 'batch' | 'transaction' | 'capabilities' | 'operation'
  | `operation:${string}`;

/** What a route demands of its caller. Every route declares exactly one; see RouteAudit. */
export type RouteRule =
  | { surface: 'public'; why: string }
  | { surface: 'standard'; scope: string; acl?: string; aclPermission?: readonly AclPermission[] }
  | { surface: 'portal'; scope: string }
  | { surface: 'fhir'; interaction: FhirInteraction };

export const ROUTE_RULE = 'salus:route-rule';

export const declare = (rule: RouteRule) => SetMetadata(ROUTE_RULE, rule);
