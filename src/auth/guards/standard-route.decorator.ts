import type { AclPermission } from '../acl/groups';
import { declareScope } from '../clients/declared-scopes';
import { declare } from './route-rule';

export interface StandardRouteOptions {
  /** `user/<resource>.<verb>` or `user/<resource>.$<operation>` */
  scope: string;
  /** `section/value` of the access control list; absent where upstream asks for none. */
  acl?: string;
  /** One of these permissions on the object; absent: any. */
  aclPermission?: AclPermission[];
}

/** A route of the standard API: staff tokens with `api:oemr`, this scope and this right. */
export function StandardRoute(options: StandardRouteOptions) {
  declareScope(options.scope);
  return declare({ surface: 'standard', ...options });
}
