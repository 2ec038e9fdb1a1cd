import { type FhirResource, type Rewrite, rewriteReferences } from '#libs/fhir';
import type { PatchDocument } from './patch-document';

/** Changes the references that a patch would write, in place: to other entries of a transaction, or conditional ones. */
export function rewritePatch({ format, document }: PatchDocument, rewrite: Rewrite): void {
  if (format === 'fhirpath') return rewriteReferences(document as FhirResource, rewrite);
  for (const operation of document as { path: string; value?: unknown }[]) {
    if (typeof operation.value === 'string' && operation.path.endsWith('/reference')) operation.value = rewrite(operation.value, 'reference') ?? operation.value;
    else rewriteWithin(operation.value, rewrite);
  }
}

/** JSON Patch knows no types: what is called `reference` is taken for one. */
function rewriteWithin(value: unknown, rewrite: Rewrite): void {
  if (typeof value !== 'object' || value === null) return;
  const members = value as Record<string, unknown>;
  if (typeof members.reference === 'string') members.reference = rewrite(members.reference, 'reference') ?? members.reference;
  for (const member of Object.values(members)) rewriteWithin(member, rewrite);
}
