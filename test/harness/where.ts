/** `it` where what it needs is there; else skipped, and the reason printed: what did not run must not look like what passed. */
export function itWhere(isThere: boolean, reason: string): typeof it {
  if (isThere) return it;
  say(reason);
  return it.skip;
}

/** `describe`, likewise. */
export function describeWhere(isThere: boolean, reason: string): typeof describe {
  if (isThere) return describe;
  say(reason);
  return describe.skip;
}

function say(reason: string): void {
  process.stderr.write(`SKIPPED: ${reason}.\n`);
}
