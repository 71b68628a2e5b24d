#!/bin/sh
# Makes the Secrets that the manifests beside this file name, with new passwords and keys. What a namespace has already
# is left as it is, so it may be run again.
#
#   k8s/plain/secrets.sh [NAMESPACE]            makes what is missing (kubectl and openssl are needed)
#   k8s/plain/secrets.sh --print [NAMESPACE]    prints all of them and touches no cluster
set -eu
umask 077

print=false
if [ "${1:-}" = --print ]; then
  print=true
  shift
fi
namespace=${1:-onsale}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

password() { openssl rand -hex 16 | tr -d '\n'; }
encoded() { openssl base64 -A; }

# begin NAME [TYPE], then `key NAME` with the value on standard input.
begin() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\ntype: %s\ndata:\n' "$1" "${2:-Opaque}"
}
key() { printf '  %s: %s\n' "$1" "$(encoded)"; }

names() {
  printf 'DNS:localhost,IP:127.0.0.1'
  for host in onsale-mysql-primary onsale-mysql-replica onsale-mysql-secondary \
    onsale-mysql-0.onsale-mysql onsale-mysql-1.onsale-mysql onsale-mysql-2.onsale-mysql; do
    in=$host.$namespace
    printf ',DNS:%s,DNS:%s,DNS:%s.svc,DNS:%s.svc.cluster.local' "$host" "$in" "$in" "$in"
  done
}

certificate() {
  (
    cd "$folder"
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=onsale-mysql-ca -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj /CN=onsale-mysql -keyout tls.key -out tls.csr
    printf 'subjectAltName=%s\n' "$(names)" >names
    openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile names -out tls.crt
  ) >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    return 1
  }
}

make() {
  case $1 in
    onsale-mysql)
      begin "$1"
      password | key mysql-root-password
      password | key mysql-replication-password
      ;;
    onsale-mysql-tls)
      certificate
      begin "$1" kubernetes.io/tls
      for file in ca.crt tls.crt tls.key; do key "$file" <"$folder/$file"; done
      ;;
    onsale-redis)
      begin "$1"
      password | key redis-password
      ;;
    onsale-database)
      begin "$1"
      password | key auditor
      for schema in auth commerce data_platform; do
        password | key "${schema}_app"
        password | key "${schema}_migrator"
      done
      ;;
    onsale-admin)
      begin "$1"
      printf %s "${ADMIN_EMAIL:-admin@onsale.test}" | key email
      password | key password
      ;;
    onsale-signing-keys)
      begin "$1"
      openssl genpkey -algorithm ed25519 | key signing-keys
      ;;
    onsale-data-platform)
      begin "$1"
      password | key key
      ;;
  esac
}

for secret in onsale-mysql onsale-mysql-tls onsale-redis onsale-database onsale-admin onsale-signing-keys onsale-data-platform; do
  if $print; then
    make "$secret"
  elif kubectl --namespace "$namespace" get secret "$secret" >/dev/null 2>&1; then
    echo "secret/$secret is there"
  else
    make "$secret" >"$folder/$secret.yaml"
    kubectl --namespace "$namespace" create --filename "$folder/$secret.yaml"
  fi
done
