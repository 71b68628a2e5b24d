{{/* "true" where it stands in one place which server is primary, so that it can be moved: in charts/onsale-infra-lite. */}}
{{- define "onsale.hasTopology" -}}
{{- if (include "onsale.dataServices" . | fromJson).mysql.topology -}}true{{- end -}}
{{- end -}}

{{/* The lease of the one that watches the primary. */}}
{{- define "onsale.failoverLease" -}}
{{- include "onsale.fullname" . -}}-failover-mysql
{{- end -}}

{{/* What moving the primary talks to, as JSON: the servers, the witness in Redis, and the API server for the topology. */}}
{{- define "onsale.failoverUses" -}}
{{- dict "mysql" true "redis" true "kubernetes-api" true | toJson -}}
{{- end -}}

{{/* What the command is told, as JSON: the servers by name, a user who may look at them, the witness, and the topology. */}}
{{- define "onsale.failoverEnv" -}}
{{- $root := . -}}
{{- $mysql := (include "onsale.dataServices" . | fromJson).mysql -}}
{{- $servers := list -}}
{{- range $mysql.topology.servers -}}{{- $servers = append $servers (printf "%s=%s" (splitList "." . | first) .) -}}{{- end -}}
{{- $env := dict
  "NODE_ENV" "production"
  "LOG_LEVEL" .Values.logLevel
  "OTEL_SERVICE_NAME" "failover"
  "NODE_OPTIONS" (include "onsale.nodeOptions" .Values.failover.heap)
  "FAILOVER_SERVERS" (join "," $servers)
  "FAILOVER_MYSQL_USER" "auditor"
  "FAILOVER_MYSQL_PASSWORD" (include "onsale.fromSecret" (dict "name" (include "onsale.databaseSecret" .) "key" "auditor") | fromJson)
  "FAILOVER_WAIT_SECONDS" (.Values.failover.waitSeconds | int | toString)
  "FAILOVER_CONFIG_MAP" $mysql.topology.configMap
  "FAILOVER_NAMESPACE" .Release.Namespace
-}}
{{- if $mysql.caSecret -}}{{- $_ := set $env "FAILOVER_MYSQL_CA_FILE" "/etc/onsale/mysql-ca/ca.crt" -}}{{- end -}}
{{- $env = merge $env (omit (include "onsale.redisEnv" . | fromJson) "REDIS_CACHE_URL" "REDIS_CACHE_PASSWORD") -}}
{{- include "onsale.overlay" (dict "base" $env "over" .Values.failover.extraEnv) -}}
{{- end -}}

{{/* The container of the command. Takes root, args, env over the command's own, mounts. */}}
{{- define "onsale.failoverContainer" -}}
{{- $env := merge .env (include "onsale.failoverEnv" .root | fromJson) -}}
{{- $args := prepend .args "operations/src/failover.ts" -}}
{{- include "onsale.container" (dict "root" .root "name" "failover" "args" $args "env" $env "resources" .root.Values.failover.resources "mounts" .mounts "extraEnvFrom" list) -}}
{{- end -}}

{{/* The rule of a Role to read who is primary, and to name another. */}}
{{- define "onsale.topologyRule" -}}
- apiGroups: [""]
  resources: [configmaps]
  resourceNames: {{ list . | toJson }}
  verbs: [get, patch]
{{- end -}}
