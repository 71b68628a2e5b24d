{{/* A map of variables as a container's list, in the order of their names. A value is text, or {valueFrom}. */}}
{{- define "onsale.envList" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  {{- if kindIs "map" $value }}
  {{- toYaml $value | nindent 2 }}
  {{- else if kindIs "float64" $value }}
  value: {{ ternary (int64 $value | toString) (toString $value) (eq (floor $value) $value) | quote }}
  {{- else }}
  value: {{ toString $value | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* What Node is told of the memory it may take. Takes heap. */}}
{{- define "onsale.nodeOptions" -}}
--max-semi-space-size={{ int .maxSemiSpaceMb }} --max-old-space-size={{ int .maxOldSpaceMb }}
{{- end -}}

{{/* What every process of a service has. Takes root, workload. */}}
{{- define "onsale.processEnv" -}}
{{- $values := .root.Values -}}
{{- $endpoint := (include "onsale.dataServices" .root | fromJson).tracing.endpoint -}}
{{- $env := dict
  "NODE_ENV" "production"
  "LOG_LEVEL" $values.logLevel
  "NODE_OPTIONS" (include "onsale.nodeOptions" .workload.settings.heap)
  "HTTP_HOST" "0.0.0.0" "HTTP_PORT" "8080"
  "MANAGEMENT_HOST" "0.0.0.0" "MANAGEMENT_PORT" "8081"
  "OTEL_SERVICE_NAME" .workload.service
  "DRAIN_DELAY_MS" (ternary ($values.drain.delayMs | int | toString) "0" (has "http" .workload.parts))
  "DRAIN_BUDGET_MS" ($values.drain.budgetMs | int | toString)
-}}
{{- if $endpoint -}}
  {{- $_ := set $env "OTEL_EXPORTER_OTLP_ENDPOINT" $endpoint -}}
  {{- $_ := set $env "OTEL_TRACES_SAMPLER_ARG" ($values.tracing.sampleRatio | toString) -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* Everything a service's process is told. Takes root, workload, and migrates: whether it is to change tables. */}}
{{- define "onsale.env" -}}
{{- $root := .root -}}
{{- $workload := .workload -}}
{{- $env := include "onsale.processEnv" . | fromJson -}}
{{- if $workload.uses.mysql -}}{{- $env = merge $env (include "onsale.mysqlEnv" (dict "root" $root "schema" $workload.schema "migrates" .migrates) | fromJson) -}}{{- end -}}
{{- if and $workload.uses.mysql (eq "worker" ($workload.kind | default "")) -}}
  {{- $_ := set $env "DB_POOL_SIZE" ($root.Values.mysql.workerPoolSize | int | toString) -}}
{{- end -}}
{{- if $workload.uses.redis -}}{{- $env = merge $env (include "onsale.redisEnv" $root | fromJson) -}}{{- end -}}
{{- $service := get $root.Values.services $workload.service -}}
{{- if $service.uses.kafka -}}
  {{- $env = merge $env (include "onsale.kafkaEnv" (dict "root" $root "prefix" "") | fromJson) (include "onsale.topicsEnv" $root | fromJson) -}}
{{- end -}}
{{- if $service.uses.tokens -}}
  {{- $_ := set $env "JWKS_URL" (printf "http://%s-auth:8080/.well-known/jwks.json" (include "onsale.fullname" $root)) -}}
{{- end -}}
{{- if $service.uses.signingKeys -}}{{- $_ := set $env "AUTH_SIGNING_KEYS_FILE" "/etc/onsale/signing-keys/signing-keys" -}}{{- end -}}
{{- $told := has "data-platform" $workload.calls -}}
{{- if $told -}}{{- $_ := set $env "DATA_PLATFORM_URL" (include "onsale.dataPlatformUrl" $root) -}}{{- end -}}
{{- if or $told $service.uses.dataPlatformKey -}}
  {{- $_ := set $env "DATA_PLATFORM_KEY" (include "onsale.fromSecret" (dict "name" (include "onsale.dataPlatformSecret" $root) "key" "key") | fromJson) -}}
{{- end -}}
{{- if $workload.locks -}}{{- $env = merge $env (include "onsale.electionEnv" $root | fromJson) -}}{{- end -}}
{{- if eq $workload.service "gateway" -}}{{- $env = merge $env (include "onsale.gatewayEnv" $root | fromJson) -}}{{- end -}}
{{- include "onsale.overlay" (dict "base" $env "over" $workload.settings.extraEnv) -}}
{{- end -}}

{{/* How leaders are elected. */}}
{{- define "onsale.electionEnv" -}}
{{- if eq .Values.election.by "lease" -}}
  {{- include "onsale.leaseEnv" . -}}
{{- else -}}
  {{- dict "ELECTION" .Values.election.by | toJson -}}
{{- end -}}
{{- end -}}

{{/* Leaders by leases; the identity is the pod's name, which is its host name. */}}
{{- define "onsale.leaseEnv" -}}
{{- dict "ELECTION" "lease" "LEASE_NAMESPACE" .Release.Namespace "LEASE_PREFIX" (include "onsale.fullname" .) | toJson -}}
{{- end -}}
