#!/usr/bin/env bash
# MariaDB and Redis for the tests, on loopback, with data that may be thrown away.
#
#   scripts/dev-services.sh [start]       use what answers on the usual ports, else start our own (installs Debian's packages if missing)
#   scripts/dev-services.sh start --own   start our own even where the usual ports answer
#   scripts/dev-services.sh status        say what answers
#   scripts/dev-services.sh stop          stop what we started and delete its data
#
# `start` prints TEST_MYSQL_URL and TEST_REDIS_URL and leaves them in $DEV_SERVICES_DIR/env, where scripts/test.sh finds them.
# Nothing here is meant to hold real data: no password, no durability.
set -euo pipefail
shopt -s inherit_errexit

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source "$ROOT/scripts/dev-services.env.sh"

MYSQL_USUAL='mysql://root@127.0.0.1:3306'
REDIS_USUAL='redis://127.0.0.1:6379'
MYSQL_PORT="${DEV_MYSQL_PORT:-13306}"
REDIS_PORT="${DEV_REDIS_PORT:-16379}"
WAIT_SECONDS=60
OWN=no

say() { echo "dev-services: $*" >&2; }
fail() { say "$*"; exit 1; }
answers() { node "$ROOT/scripts/probe-service.cjs" "$1" 2>/dev/null; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else fail "need root (or sudo without password) to install packages; install mariadb-server and redis-server, then run again"
  fi
}

# A database server has no business running as root: there it runs as the user its package made for it.
as_service_user() {
  local user="$1"; shift
  if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

install_package() {
  local package="$1" program="$2"
  if PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null; then return; fi
  command -v apt-get >/dev/null || fail "$program is missing and this is no Debian: install it, then run again"
  say "installing $package"
  as_root apt-get update -qq
  # RUNLEVEL=1 keeps the package from starting a server of its own.
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2
}

# The folder lies in a place others can write to, so it must be ours before we trust what is in it.
own_folder() {
  [ -d "$DEV_SERVICES_DIR" ] || mkdir -m 711 "$DEV_SERVICES_DIR"
  if [ ! -O "$DEV_SERVICES_DIR" ] || [ -L "$DEV_SERVICES_DIR" ]; then fail "$DEV_SERVICES_DIR belongs to someone else"; fi
}

data_folder() {
  local path="$DEV_SERVICES_DIR/$1" user="$2"
  [ -d "$path" ] || mkdir -m 700 "$path"
  if [ "$(id -u)" = 0 ]; then chown "$user" "$path"; fi
  echo "$path"
}

wait_for() {
  local url="$1" log="$2" patience=$((SECONDS + WAIT_SECONDS))
  while [ "$SECONDS" -lt "$patience" ]; do
    if answers "$url"; then say "started $url"; return; fi
    sleep 0.5
  done
  tail -n 20 "$log" >&2 || true
  fail "$url did not answer within $WAIT_SECONDS s"
}

start_mysql() {
  install_package mariadb-server mariadbd
  local data; data="$(data_folder mysql mysql)"
  if [ ! -d "$data/mysql" ]; then
    as_service_user mysql mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal \
      --skip-test-db --skip-name-resolve >"$DEV_SERVICES_DIR/mysql-install.log" 2>&1 || fail "see $DEV_SERVICES_DIR/mysql-install.log"
  fi
  as_service_user mysql env PATH="$PATH:/usr/sbin" mariadbd --no-defaults --datadir="$data" --bind-address=127.0.0.1 --port="$MYSQL_PORT" \
    --socket="$data/s" --pid-file="$data/pid" --skip-name-resolve --character-set-server=utf8mb4 \
    --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --max-connections=300 \
    >"$DEV_SERVICES_DIR/mysql.log" 2>&1 &
  disown
  wait_for "$1" "$DEV_SERVICES_DIR/mysql.log"
}

start_redis() {
  install_package redis-server redis-server
  local data; data="$(data_folder redis redis)"
  # BullMQ loses jobs on a server that evicts keys, hence noeviction.
  as_service_user redis redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$data" --pidfile "$data/pid" --daemonize yes \
    --save '' --appendonly no --maxmemory-policy noeviction >"$DEV_SERVICES_DIR/redis.log" 2>&1
  wait_for "$1" "$DEV_SERVICES_DIR/redis.log"
}

# Prints the address to use: the usual one where it answers, else that of our own server, started if need be.
ensure() {
  local usual="$1" own="$2" start="$3"
  if [ "$OWN" = no ] && answers "$usual"; then say "using $usual"; echo "$usual"; return; fi
  if answers "$own"; then say "already running $own"; else "$start" "$own"; fi
  echo "$own"
}

start() {
  [ -d "$ROOT/node_modules/mysql2" ] || fail "run npm ci first: its drivers are what we ask the servers with"
  own_folder
  local mysql redis
  mysql="$(ensure "$MYSQL_USUAL" "mysql://root@127.0.0.1:$MYSQL_PORT" start_mysql)"
  redis="$(ensure "$REDIS_USUAL" "redis://127.0.0.1:$REDIS_PORT" start_redis)"
  printf 'TEST_MYSQL_URL=%s\nTEST_REDIS_URL=%s\n' "$mysql" "$redis" | tee "$DEV_SERVICES_ENV"
}

stop_one() {
  local name="$1" program="$2" pid
  pid="$(cat "$DEV_SERVICES_DIR/$name/pid" 2>/dev/null || true)"
  # A pid file may outlive its process and the number be someone else's by now.
  if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$program" ]; then
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
    say "stopped $program"
  fi
  rm -rf "${DEV_SERVICES_DIR:?}/$name"
}

stop() {
  [ -d "$DEV_SERVICES_DIR" ] || { say 'nothing to stop'; return; }
  own_folder
  stop_one mysql mariadbd
  stop_one redis redis-server
  rm -rf "$DEV_SERVICES_DIR"
}

status() {
  local url
  for url in "$TEST_MYSQL_URL" "$TEST_REDIS_URL"; do
    if answers "$url"; then echo "$url answers"; else echo "$url does not answer"; fi
  done
}

if [ "${2:-}" = --own ]; then OWN=yes; fi
case "${1:-start}" in
  start | stop | status) "${1:-start}" ;;
  *) fail "unknown verb '$1': use start, status or stop" ;;
esac
