# Runs beside the start of the server; the pod is not ready before it has ended, and begins again when it fails.
set -eu
tries=0
until influx -execute 'SHOW DATABASES' >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || exit 1
  sleep 0.2
done
influx -execute "CREATE DATABASE \"$DATABASE\""
influx -execute "ALTER RETENTION POLICY \"autogen\" ON \"$DATABASE\" DURATION $RETENTION DEFAULT"
