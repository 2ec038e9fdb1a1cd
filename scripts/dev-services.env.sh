# shellcheck shell=bash
# Where the tests find MariaDB and Redis. Sourced, not run.
# What the environment says wins; then what scripts/dev-services.sh started; then the usual ports.

DEV_SERVICES_DIR="${DEV_SERVICES_DIR:-${TMPDIR:-/tmp}/salus-dev-services-$(id -u)}"
DEV_SERVICES_ENV="$DEV_SERVICES_DIR/env"

# Prints one variable of the env file; the file is read, never executed, and only when it is our own.
dev_service() {
  if [ -O "$DEV_SERVICES_ENV" ]; then sed -n "s/^$1=//p" "$DEV_SERVICES_ENV"; fi
}

if [ -z "${TEST_MYSQL_URL:-}" ]; then TEST_MYSQL_URL="$(dev_service TEST_MYSQL_URL)"; fi
if [ -z "${TEST_REDIS_URL:-}" ]; then TEST_REDIS_URL="$(dev_service TEST_REDIS_URL)"; fi
export TEST_MYSQL_URL="${TEST_MYSQL_URL:-mysql://root@127.0.0.1:3306}"
export TEST_REDIS_URL="${TEST_REDIS_URL:-redis://127.0.0.1:6379}"
