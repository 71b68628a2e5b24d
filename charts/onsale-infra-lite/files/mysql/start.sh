# Makes or copies the data once, then runs mysqld and keeps its role as the topology says.
set -euo pipefail
source /onsale/scripts/settings.sh
source /onsale/scripts/api.sh
source /onsale/scripts/sql.sh
source /onsale/scripts/data-folder.sh
source /onsale/scripts/role.sh

stopping=
stop() {
  stopping=1
  local children
  children=$(jobs -p)
  [[ -z $children ]] || kill -TERM $children 2>/dev/null || :
}
trap stop TERM INT

# Waits for a child to its very end: a signal that arrives meanwhile interrupts `wait`.
await() {
  local status
  while :; do
    status=0
    wait "$1" || status=$?
    kill -0 "$1" 2>/dev/null || return "$status"
  done
}

# In the background, so that a signal reaches this script at once.
run_to_end() {
  local status=0
  "$@" <&0 &
  await $! || status=$?
  [[ -z $stopping ]] || exit 143
  return "$status"
}

pause() {
  sleep "$1" &
  await $! || :
  [[ -z $stopping ]] || exit 143
}

rm -f "$run"/joined
write_accounts
[[ -d $data ]] || prepare_data
mysqld --defaults-file="$config" --server-id=$((ordinal + 1)) --report-host="$(host_of "$POD_NAME")" \
  --init-file="$run/init.sql" &
server=$!
(
  trap - TERM INT
  set +e
  follow_topology
) &
status=0
await "$server" || status=$?
say "mysqld has ended ($status)"
stop
exit "$status"
