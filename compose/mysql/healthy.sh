# Exits 0 when the primary takes writes, or the replica follows it: bash healthy.sh primary | replica
set -euo pipefail

ask() { timeout 4 mysql --defaults-file=/var/run/mysqld/root.cnf --vertical -e "$1"; }

if [[ $1 == primary ]]; then
  [[ $(ask 'SELECT @@GLOBAL.super_read_only AS locked') == *'locked: 0'* ]]
else
  status=$(ask 'SHOW REPLICA STATUS')
  [[ $status == *'Replica_IO_Running: Yes'* || $status == *'Replica_IO_Running: Connecting'* ]]
  [[ $status == *'Replica_SQL_Running: Yes'* ]]
fi
