#!/usr/bin/env bash
# Everything that can be said about the code without running it. All parts run, so that one look shows all that is wrong.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

PARTS=(check:types check:lint check:deps check:sizes check:env generate:check docs:check)
failed=()

for part in "${PARTS[@]}"; do
  started=$SECONDS
  if npm run --silent "$part"; then verdict=ok; else verdict=FAILED; failed+=("$part"); fi
  echo "check: $part $verdict ($((SECONDS - started)) s)"
done

[ "${#failed[@]}" = 0 ] || { echo "check: failed: ${failed[*]}" >&2; exit 1; }
