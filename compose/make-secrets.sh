#!/bin/sh
# Makes what compose.yaml's secrets name, in compose/secrets/: passwords, the authority and certificate of MySQL, and the
# keys that sign access tokens. What is there already stays. Needs openssl.
# Usage: sh compose/make-secrets.sh
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/secrets
command -v openssl >/dev/null 2>&1 || { printf '%s\n' 'make-secrets: openssl is needed' >&2; exit 1; }

# The folder keeps other users of this machine out. The files in it are readable, because each is mounted into containers
# whose users have other numbers.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
work=$(mktemp -d "$folder/.new.XXXXXX")
trap 'rm -rf "$work"' EXIT

# keep NAME ...: moves what was made to its place; half a file is never there.
keep() {
  for name in "$@"; do
    [ -s "$work/$name" ] || { printf '%s\n' "make-secrets: openssl made no $name" >&2; exit 1; }
    chmod 644 "$work/$name"
    mv "$work/$name" "$folder/$name"
  done
}

for name in mysql-root-password mysql-replication-password redis-password admin-password data-platform-key \
  auth_app auth_migrator commerce_app commerce_migrator data_platform_app data_platform_migrator auditor; do
  [ -s "$folder/$name" ] && continue
  # 24 bytes without the characters that would need quoting somewhere.
  openssl rand -base64 24 | tr '+/' '-_' | tr -d '=\n' >"$work/$name"
  keep "$name"
done

if ! [ -s "$folder/signing-keys" ]; then
  openssl genpkey -algorithm ed25519 -out "$work/signing-keys"
  keep signing-keys
fi

# ca: who signs, for ten years; its key is thrown away, so new certificates mean a new authority.
if ! { [ -s "$folder/mysql-ca" ] && [ -s "$folder/mysql-certificate" ] && [ -s "$folder/mysql-key" ]; }; then
  openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj '/CN=onsale-mysql-authority' \
    -keyout "$work/ca-key" -out "$work/mysql-ca" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -sha256 -subj '/CN=onsale-mysql' \
    -keyout "$work/mysql-key" -out "$work/request" 2>/dev/null
  printf 'subjectAltName=DNS:mysql-primary,DNS:mysql-replica\nextendedKeyUsage=serverAuth\n' >"$work/extensions"
  openssl x509 -req -sha256 -days 3650 -in "$work/request" -CA "$work/mysql-ca" -CAkey "$work/ca-key" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/extensions" -out "$work/mysql-certificate" 2>/dev/null
  keep mysql-ca mysql-certificate mysql-key
fi

printf '%s\n' "secrets are in $folder" >&2
