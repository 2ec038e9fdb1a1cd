#!/usr/bin/env bash
# Runs the tests: all of them on the embedded defaults, then the e2e and contract suites on MariaDB and Redis where they answer.
#
#   scripts/test.sh [jest arguments]              npm test
#   scripts/test.sh --embedded [jest arguments]   the embedded defaults alone
#   scripts/test.sh --services [jest arguments]   MariaDB and Redis alone; fails where they do not answer (npm run test:services)
#
# Each run leaves jest's own report in $TEST_RESULTS_DIR, from which scripts/test-totals.cjs adds up.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/dev-services.env.sh
TEST_RESULTS_DIR="${TEST_RESULTS_DIR:-$PWD/coverage/results}"

say() { echo "test: $*" >&2; }

run_jest() {
  local run="$1"; shift
  mkdir -p "$TEST_RESULTS_DIR"
  # jest writes its report when it ends: one that dies on the way must not count as nothing.
  echo '{"numPassedTests":0,"numFailedTests":1}' >"$TEST_RESULTS_DIR/$run.json"
  npx --no-install jest --maxWorkers=2 "$@" --json --outputFile="$TEST_RESULTS_DIR/$run.json" >/dev/null
}

embedded() {
  say 'on the embedded defaults (SQLite, jobs in process)'
  (unset DB QUEUE; run_jest embedded "$@")
}

# What depends on the database or the queue: every e2e suite, and each spec that runs the contract of a port.
service_suites() {
  find test -name '*.e2e-spec.ts'
  grep -rlE "\.contract['\"]" --include='*.spec.ts' src libs test || true
}

services() {
  local suites
  mapfile -t suites < <(service_suites | sort -u)
  [ "${#suites[@]}" -gt 0 ] || { say 'no suite depends on a database or a queue'; return 1; }
  say "on $TEST_MYSQL_URL and $TEST_REDIS_URL"
  DB=mysql QUEUE=bullmq run_jest services "$@" --testMatch "${suites[@]/#/$PWD/}"
}

services_answer() {
  local url silent=0
  for url in "$TEST_MYSQL_URL" "$TEST_REDIS_URL"; do
    node scripts/probe-service.cjs "$url" || { say "$url does not answer"; silent=1; }
  done
  return "$silent"
}

services_or_fail() {
  services_answer || { say 'start them with scripts/dev-services.sh'; exit 1; }
  services "$@"
}

services_or_skip() {
  if services_answer; then services "$@"; return; fi
  say 'SKIPPED: the suites on MariaDB and Redis did not run. scripts/dev-services.sh starts both.'
}

case "${1:-}" in
  --embedded) shift; embedded "$@" ;;
  --services) shift; services_or_fail "$@" ;;
  *)
    status=0
    embedded "$@" || status=$?
    services_or_skip "$@" || status=$?
    exit "$status"
    ;;
esac
