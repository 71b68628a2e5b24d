# The data folder appears as a whole, under its name; what a kill leaves half-made is thrown away and begun again.

# mysqld on a folder of its own, for making data.
readonly apart=(--defaults-file="$config" --super-read-only=OFF --skip-log-bin --skip-networking
  --innodb-redo-log-capacity=16M --loose-rpl-semi-sync-source-enabled=OFF)

empty_data() { run_to_end mysqld "${apart[@]}" --initialize-insecure --datadir="$1"; }

finish_data() {
  sync
  mv "$1" "$data"
  sync
}

make_data() {
  say 'making an empty data folder'
  empty_data "$volume/data.partial"
  finish_data "$volume/data.partial"
}

# copy_data POD: a copy of another server's data, fetched by a server that lives for this alone, on an empty folder that
# was made while the other one was waited for.
copy_data() {
  local donor socket=$run/copy.sock password status=0 server
  donor=$(host_of "$1")
  say "copying the data of $1"
  rm -rf "$volume/data.partial"
  mysqld "${apart[@]}" --datadir="$volume/donee.partial" --socket="$socket" --pid-file="$run/copy.pid" &
  server=$!
  until mysqladmin --no-defaults --user=root --socket="$socket" ping >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || return 1
    pause 0.2
  done
  password=$(read_password mysql-replication-password)
  run_to_end mysql --no-defaults --user=root --socket="$socket" <<SQL || status=$?
SET GLOBAL clone_valid_donor_list = '$donor:3306';
SET GLOBAL clone_ssl_ca = '/onsale/tls/ca.crt';
CLONE INSTANCE FROM 'onsale_replication'@'$donor':3306 IDENTIFIED BY '$password'
  DATA DIRECTORY = '$volume/data.partial' REQUIRE SSL;
SQL
  kill -TERM "$server" 2>/dev/null || :
  await "$server" || :
  [[ $status == 0 ]] || return 1
  finish_data "$volume/data.partial"
  rm -rf "$volume/donee.partial"
}

# Returns when there is a data folder: the first server's is made, every other one's copied.
prepare_data() {
  local tries=0 pod state
  rm -rf "$volume"/*.partial
  while :; do
    if ! read_topology; then
      say_once 'waiting for the API server to tell who is primary'
    elif [[ -z $named && $ordinal == 0 ]]; then
      make_data
      return
    else
      [[ -d $volume/donee.partial ]] || empty_data "$volume/donee.partial"
      if [[ -z $named ]]; then
        say_once 'waiting until a primary is named'
      elif [[ $named != "$POD_NAME" ]]; then
        state=$(peer_sql "$named" 'SELECT @@GLOBAL.super_read_only') || state=
        if [[ $state == 0 ]] && copy_data "$named"; then return; fi
        say_once "waiting for the primary, $named, to copy its data"
      elif [[ $KEEPS_DATA == true ]]; then
        # A replica may lack what was acknowledged. To go on with what it has is to promote it, which is decided outside.
        say_once "this pod is named primary and its volume is empty: promote a replica (docs/data-services.md);" \
          "or, to begin with nothing: kubectl patch configmap onsale-mysql-topology --type merge -p '{\"data\":null}'"
      else
        for pod in $(others); do
          state=$(peer_sql "$pod" "$executed_sql") || state=
          if [[ -n $state ]] && copy_data "$pod"; then return; fi
        done
        tries=$((tries + 1))
        if [[ $tries -ge 6 ]]; then
          make_data
          return
        fi
      fi
    fi
    pause 2
  done
}
