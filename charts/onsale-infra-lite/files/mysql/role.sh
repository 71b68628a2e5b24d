# The role of a running server follows the topology: at its start, and whenever another pod is named. A server becomes
# writable only here, when it is named and nobody else that can be reached is writable or has more than it.

# follow POD: replicates from another server, from whatever this one has executed.
follow() {
  local password
  password=$(read_password mysql-replication-password)
  own_sql 'STOP REPLICA' 30 &&
    own_sql "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$(host_of "$1")', SOURCE_PORT = 3306,
      SOURCE_USER = 'onsale_replication', SOURCE_PASSWORD = '$password', SOURCE_AUTO_POSITION = 1,
      SOURCE_SSL = 1, SOURCE_SSL_CA = '/onsale/tls/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT = 1,
      SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 1, SOURCE_DELAY = 0" &&
    own_sql 'START REPLICA'
}

# What was received is applied before its relay log is given up.
apply_received() {
  local status
  own_sql 'STOP REPLICA IO_THREAD; START REPLICA SQL_THREAD' 30 || return 1
  status=$(replica_status) || return 1
  wait_executed "$(retrieved_of "$status")" 30 || {
    say_once "received transactions cannot be applied: $(replica_status | grep Last_SQL_Error: || :)"
    return 1
  }
}

# catch_up POD GTIDS: fetches what another server has and this one lacks.
catch_up() {
  local lacking
  lacking=$(own_sql "SELECT GTID_SUBTRACT('$2', @@GLOBAL.gtid_executed)") || return 1
  [[ -n $lacking ]] || return 0
  say "fetching from $1: $lacking"
  follow "$1" && wait_executed "$2" 20 && return 0
  say_once "$1 has transactions that this server lacks and cannot get; name $1 as primary, or remove its volume"
  return 1
}

become_primary() {
  local status pod state read_only executed
  status=$(replica_status) || return 1
  for pod in $(others); do
    if state=$(peer_sql "$pod" "SELECT @@GLOBAL.super_read_only, REPLACE(@@GLOBAL.gtid_executed, '\n', '')"); then
      read -r read_only executed <<<"$state"
      if [[ $read_only != 1 ]]; then
        say_once "$pod is still writable: waiting until it is not"
        return 1
      fi
      catch_up "$pod" "$executed" || return 1
    elif [[ -n $status && $unanswered -lt 3 ]]; then
      # A former primary that is alive and out of reach makes itself read-only within this time.
      unanswered=$((unanswered + 1))
      say "$pod does not answer (try $unanswered of 3)"
      return 1
    fi
  done
  # Fetching may just have made a replica of a server that was none.
  status=$(replica_status) || return 1
  if [[ -n $status ]]; then
    apply_received && own_sql 'STOP REPLICA; RESET REPLICA ALL' 30 || return 1
  fi
  # Before it takes writes: who looks for the primary behind both Services is to find it behind its own.
  { label_pod primary && point_service; } || :
  own_sql 'SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF' || return 1
  say 'this server is the primary'
}

# become_replica POD
become_replica() {
  local status mine theirs extra
  own_sql 'SET GLOBAL super_read_only = ON' 60 || return 1
  label_pod replica || return 1
  status=$(replica_status) || return 1
  mine=$(own_sql "$executed_sql") || return 1
  if ! theirs=$(peer_sql "$1" "$executed_sql"); then
    say_once "$1 does not answer: this server is read-only and goes on asking"
    [[ $(field Source_Host "$status") != "$(host_of "$1")" ]] || own_sql 'START REPLICA'
    return 1
  fi
  extra=$(own_sql "SELECT GTID_SUBTRACT('$mine', '$theirs')") || return 1
  if [[ -n $extra ]]; then
    say_once "this server has transactions that $1 has not ($extra): it stays read-only and does not follow;" \
      "see docs/data-services.md for how to take them over or drop them"
    return 1
  fi
  [[ -z $status ]] || apply_received || return 1
  follow "$1" || return 1
  say "this server follows $1"
}

# Runs as long as mysqld does.
follow_topology() {
  local named version role= unanswered=0
  until own_sql 'DO 0' 2>/dev/null; do sleep 0.3; done
  while :; do
    if ! read_topology; then
      say_once 'the API server does not tell who is primary: this server stays what it is'
    elif [[ -z $named ]]; then
      # Data that follow nobody are the primary's. Where another pod was faster, the next look finds its name.
      [[ -n $(replica_status || echo unknown) ]] || claim_topology || :
      [[ -n $role ]] || sleep 0.2
    elif [[ $named == "$POD_NAME" ]]; then
      if [[ $role != primary ]] && become_primary && label_pod primary; then role=primary unanswered=0; fi
      [[ $role != primary ]] || point_service || :
    elif [[ $'\n'$(others)$'\n' != *$'\n'"$named"$'\n'* ]]; then
      say_once "onsale-mysql-topology names $named, which is no pod of this StatefulSet: nothing is changed"
    elif [[ $role != "replica of $named" ]]; then
      unanswered=0
      ! become_replica "$named" || role="replica of $named"
    fi
    sleep 4
  done
}
