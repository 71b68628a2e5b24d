# The password goes from the Secret to a file that only Redis reads, never into an argument or the environment.
set -eu
umask 077
password=$(sed 's/[\\"]/\\&/g' /onsale/secrets/redis-password)
printf 'requirepass "%s"\n' "$password" >/run/redis/password.conf
exec redis-server /onsale/config/redis.conf
