import { parseScope } from '#libs/smart';
import type { Access } from '../../kernel';

/**
 * Was the operation granted? `hasOperationScope(access, 'export', 'Patient')` asks for `system/Patient.$export`, or
 * the same on `*`; the context follows from who acts.
 */
export function hasOperationScope(access: Access, operation: string, type = '*'): boolean {
  return [...access.scopes].some((text) => {
    const scope = parseScope(text);
    if (scope?.kind !== 'operation' || scope.operation !== operation) return false;
    return (scope.resource === type || scope.resource === '*') && fitsActor(scope.context, access);
  });
}

function fitsActor(context: string, { actor, patient }: Access): boolean {
  if (context === 'system') return actor.kind === 'system';
  if (context === 'user') return actor.kind === 'user';
  return patient !== undefined && (actor.kind === 'user' || actor.kind === 'patient');
}

/**
 * May the holder start a bulk export at this level? A backend client may by the operation's own scope (OpenEMR) or,
 * as Bulk Data Access 2 has it, by any `system/` scope that reads and searches; the rules then bound what is exported.
 */
export function mayExport(access: Access, level: '*' | 'Patient' | 'Group'): boolean {
  if (access.actor.kind !== 'system') return false;
  return hasOperationScope(access, 'export', level) || access.rules.some(({ verbs }) => verbs.has('r') && verbs.has('s'));
}
