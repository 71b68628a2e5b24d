# The API server, by the few calls that a role needs. MySQL's image has openssl and no HTTP client.
readonly account=/var/run/secrets/kubernetes.io/serviceaccount
readonly topology=/api/v1/namespaces/$NAMESPACE/configmaps/onsale-mysql-topology
readonly primary_service=/api/v1/namespaces/$NAMESPACE/services/onsale-mysql-primary
readonly own_pod=/api/v1/namespaces/$NAMESPACE/pods/$POD_NAME

# api GET|PATCH PATH [BODY]: prints the answer's body; fails unless it is a 200 within ten seconds.
api() {
  local method=$1 path=$2 body=${3:-} host=$KUBERNETES_SERVICE_HOST answer
  [[ $host != *:* ]] || host="[$host]"
  # The status line alone tells whether the call was answered.
  answer=$({
    printf '%s %s HTTP/1.0\r\nHost: kubernetes.default.svc\r\nAuthorization: Bearer ' "$method" "$path"
    cat "$account/token"
    printf '\r\nAccept: application/json\r\nContent-Type: application/merge-patch+json\r\nContent-Length: %s\r\n\r\n%s' \
      "${#body}" "$body"
  } | timeout 10 openssl s_client -quiet -connect "$host:$KUBERNETES_SERVICE_PORT" \
    -servername kubernetes.default.svc -verify_hostname kubernetes.default.svc -verify_return_error \
    -CAfile "$account/ca.crt" 2>/dev/null) || :
  [[ $answer == 'HTTP/1.'[01]' 200 '* ]] || return 1
  printf '%s' "${answer#*$'\r\n\r\n'}"
}

# Sets `named` (empty: nobody is named yet) and `version`.
read_topology() {
  local answer
  answer=$(api GET "$topology") || return 1
  named=
  version=
  [[ ! $answer =~ \"data\":[[:space:]]*\{[^}]*\"primary\":[[:space:]]*\"([^\"]*)\" ]] || named=${BASH_REMATCH[1]}
  [[ ! $answer =~ \"resourceVersion\":[[:space:]]*\"([0-9]+)\" ]] || version=${BASH_REMATCH[1]}
}

# Writes this pod's name where nobody's stands. It fails when the topology was changed since it was read.
claim_topology() {
  api PATCH "$topology" \
    "{\"metadata\":{\"resourceVersion\":\"$version\"},\"data\":{\"primary\":\"$POD_NAME\"}}" >/dev/null
}

# Lets onsale-mysql-primary lead to this pod.
point_service() {
  local answer
  answer=$(api GET "$primary_service") || return 1
  if [[ $answer =~ \"statefulset.kubernetes.io/pod-name\":[[:space:]]*\"([^\"]*)\" ]]; then
    [[ ${BASH_REMATCH[1]} != "$POD_NAME" ]] || return 0
  fi
  api PATCH "$primary_service" \
    "{\"spec\":{\"selector\":{\"statefulset.kubernetes.io/pod-name\":\"$POD_NAME\"}}}" >/dev/null
}

# label_pod primary|replica
label_pod() { api PATCH "$own_pod" "{\"metadata\":{\"labels\":{\"onsale.dev/mysql-role\":\"$1\"}}}" >/dev/null; }
