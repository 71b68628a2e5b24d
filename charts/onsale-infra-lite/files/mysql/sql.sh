# Statements, each within a time limit in seconds.

# own_sql STATEMENT [SECONDS]: on this server.
own_sql() { timeout "${2:-20}" mysql --defaults-file="$run/root.cnf" --batch --skip-column-names -e "$1"; }

# replica_status [SECONDS]: one field a line; empty when this server follows nobody.
replica_status() {
  timeout "${1:-20}" mysql --defaults-file="$run/root.cnf" --batch --vertical -e 'SHOW REPLICA STATUS'
}

# peer_sql POD STATEMENT: on another pod's server, over TLS.
peer_sql() {
  timeout 10 mysql --defaults-file="$run/replication.cnf" --host="$(host_of "$1")" --batch --skip-column-names -e "$2" \
    2>/dev/null
}

readonly executed_sql="SELECT REPLACE(@@GLOBAL.gtid_executed, '\n', '')"

# field NAME STATUS: a field of a replica's status, without its white space.
field() {
  local value
  [[ $'\n'$2 =~ $'\n'\ *$1:([^$'\n']*) ]] && value=${BASH_REMATCH[1]} || value=
  printf '%s' "${value//[[:space:]]/}"
}

# The transactions that a replica has received, by its status; they may take several lines.
retrieved_of() {
  local value=${1#*Retrieved_Gtid_Set:}
  value=${value%%Executed_Gtid_Set:*}
  printf '%s' "${value//[[:space:]]/}"
}

# wait_executed GTIDS SECONDS: until this server has executed them.
wait_executed() {
  [[ $(own_sql "SELECT WAIT_FOR_EXECUTED_GTID_SET('$1', $2)" $(($2 + 5))) == 0 ]]
}

# A password that would need quoting in an option file, in SQL or in a URL is refused rather than mistaken.
read_password() {
  local value
  value=$(<"$secrets/$1")
  if [[ ! $value =~ ^[A-Za-z0-9_.~^*+=:,@%/!-]{8,32}$ ]]; then
    say "$1 must have 8 to 32 characters out of A-Z a-z 0-9 _ . ~ ^ * + = : , @ % / ! -"
    exit 1
  fi
  printf '%s' "$value"
}

# Writes what the passwords are at this start: the accounts' statements and the clients' option files.
write_accounts() {
  local root replication
  root=$(read_password mysql-root-password)
  replication=$(read_password mysql-replication-password)
  umask 077
  # Every server makes the accounts itself, outside the binary log; so a changed Secret holds from the next start on.
  cat >"$run/init.sql" <<SQL
SET SESSION sql_log_bin = 0;
SET GLOBAL super_read_only = OFF;
ALTER USER 'root'@'localhost' IDENTIFIED BY '$root';
CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '$root' REQUIRE SSL;
ALTER USER 'root'@'%' IDENTIFIED BY '$root' REQUIRE SSL;
GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'onsale_replication'@'%' IDENTIFIED BY '$replication' REQUIRE SSL;
ALTER USER 'onsale_replication'@'%' IDENTIFIED BY '$replication' REQUIRE SSL;
GRANT REPLICATION SLAVE, BACKUP_ADMIN ON *.* TO 'onsale_replication'@'%';
SET GLOBAL super_read_only = ON;
SQL
  printf '[client]\nuser=root\npassword="%s"\nsocket=%s/mysqld.sock\n' "$root" "$run" >"$run/root.cnf"
  printf '[client]\nuser=onsale_replication\npassword="%s"\nconnect-timeout=5\nssl-mode=VERIFY_IDENTITY\nssl-ca=%s\n' \
    "$replication" /onsale/tls/ca.crt >"$run/replication.cnf"
  umask 022
}
