# What the scripts share. POD_NAME, NAMESPACE, REPLICAS and KEEPS_DATA come from the pod.
readonly ordinal=${POD_NAME##*-}
readonly volume=/var/lib/mysql
readonly data=$volume/data
readonly run=/var/run/mysqld
readonly config=/onsale/config/my.cnf
readonly secrets=/onsale/secrets

say() { printf '%s onsale: %s\n' "$(date -u +%FT%TZ)" "$*" >&2; }

# Says a thing once until something else is said, so that waiting does not fill the log.
say_once() {
  [[ ${said:-} == "$*" ]] || say "$*"
  said=$*
}

# A server's address by its pod's name.
host_of() { printf '%s.onsale-mysql' "$1"; }

# The names of the other pods.
others() {
  local number
  for ((number = 0; number < REPLICAS; number++)); do
    [[ $number == "$ordinal" ]] || printf 'onsale-mysql-%s\n' "$number"
  done
}
