# Runs MySQL in the role that compose.yaml gives this server: bash start.sh primary | replica
set -euo pipefail

role=$1
volume=/var/lib/mysql
run=/var/run/mysqld
config=/onsale/mysql/my.cnf

# A password that would need quoting in SQL or in an option file is refused rather than mistaken.
password() {
  local value
  value=$(<"/run/secrets/$1")
  if [[ ! $value =~ ^[A-Za-z0-9_.~-]{8,32}$ ]]; then
    printf '%s must have 8 to 32 characters out of A-Z a-z 0-9 _ . ~ -\n' "$1" >&2
    return 1
  fi
  printf '%s' "$value"
}

root=$(password mysql-root-password)
replication=$(password mysql-replication-password)

accounts="SET SESSION sql_log_bin = 0;
SET GLOBAL super_read_only = OFF;
ALTER USER 'root'@'localhost' IDENTIFIED BY '$root';
CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '$root' REQUIRE SSL;
ALTER USER 'root'@'%' IDENTIFIED BY '$root' REQUIRE SSL;
GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'onsale_replication'@'%' IDENTIFIED BY '$replication' REQUIRE SSL;
ALTER USER 'onsale_replication'@'%' IDENTIFIED BY '$replication' REQUIRE SSL;
GRANT REPLICATION SLAVE ON *.* TO 'onsale_replication'@'%';"

case $role in
  primary)
    id=1
    own='SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF;'
    ;;
  replica)
    id=2
    own="CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'mysql-primary', SOURCE_PORT = 3306, SOURCE_USER = 'onsale_replication', SOURCE_PASSWORD = '$replication', SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_SSL_CA = '/run/secrets/mysql-ca', SOURCE_SSL_VERIFY_SERVER_CERT = 1, SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 0, SOURCE_HEARTBEAT_PERIOD = 1;
SET GLOBAL super_read_only = ON;
START REPLICA;"
    ;;
  *)
    printf 'which role? bash start.sh primary | replica\n' >&2
    exit 2
    ;;
esac

# Read at every start, so that a changed password counts from then on.
umask 077
printf '%s\n%s\n' "$accounts" "$own" >"$run/init.sql"
printf '[client]\nuser=root\npassword="%s"\nsocket=%s/mysqld.sock\n' "$root" "$run" >"$run/root.cnf"

# The data folder appears as a whole: what a kill leaves half-made is thrown away and begun again.
if [[ ! -d $volume/data ]]; then
  rm -rf "$volume/data.partial"
  mysqld --defaults-file="$config" --super-read-only=OFF --skip-log-bin --skip-networking \
    --loose-rpl-semi-sync-source-enabled=OFF --initialize-insecure --datadir="$volume/data.partial"
  mv "$volume/data.partial" "$volume/data"
fi

exec mysqld --defaults-file="$config" --init-file="$run/init.sql" --server-id="$id" --report-host="mysql-$role"
