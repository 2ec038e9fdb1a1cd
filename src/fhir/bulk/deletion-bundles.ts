const ENTRIES = 200;

/** Deletions as Bulk Data Access has them: transaction Bundles of DELETE entries, `references` being `Type/id`. */
export function deletionBundles(references: readonly string[]): Buffer[] {
  const bundles: Buffer[] = [];
  for (let from = 0; from < references.length; from += ENTRIES) {
    const entry = references.slice(from, from + ENTRIES).map((url) => ({ request: { method: 'DELETE', url } }));
    bundles.push(Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })));
  }
  return bundles;
}
