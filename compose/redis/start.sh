# Runs Redis with its password, which stands on no command line.
set -eu
umask 077
printf 'include /onsale/redis/redis.conf\nrequirepass %s\n' "$(cat /run/secrets/redis-password)" >/tmp/redis.conf
printf 'REDISCLI_AUTH=%s\nexport REDISCLI_AUTH\n' "$(cat /run/secrets/redis-password)" >/tmp/client-environment
exec redis-server /tmp/redis.conf
