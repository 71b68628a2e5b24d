# Ready is a primary that takes writes, or a replica that applies what it receives and is not far behind. A replica that
# has caught up stays ready while its primary is away: there is nothing newer to read, and reads go on.
set -uo pipefail
source /onsale/scripts/settings.sh
source /onsale/scripts/sql.sh

not_ready() {
  printf '%s\n' "$*"
  exit 1
}

read_only=$(own_sql 'SELECT @@GLOBAL.super_read_only' 4) || not_ready 'mysqld does not answer'
[[ $read_only == 1 ]] || exit 0
status=$(replica_status 4) || not_ready 'mysqld does not answer'
[[ -n $status ]] || not_ready 'this server has no role yet'
[[ $(field Replica_SQL_Running "$status") == Yes ]] || not_ready 'nothing is applied'
case $(field Replica_IO_Running "$status") in
  Yes)
    lag=$(field Seconds_Behind_Source "$status")
    [[ $lag =~ ^[0-9]+$ && $lag -le $MAX_LAG_SECONDS ]] || not_ready "$lag seconds behind"
    touch "$run/joined" "$volume/joined"
    ;;
  Connecting)
    [[ ! -e $run/joined ]] || exit 0
    # A replica that starts while the primary is away: what it has is all there is, once the primary had time to answer.
    uptime=$(own_sql "SHOW GLOBAL STATUS LIKE 'Uptime'" 4)
    [[ -e $volume/joined && ${uptime##*$'\t'} -ge 60 ]] || not_ready 'the primary does not answer'
    ;;
  *) not_ready 'nothing is received' ;;
esac
