{{/* Everything the audit is told, as JSON. */}}
{{- define "onsale.auditEnv" -}}
{{- $root := . -}}
{{- $env := dict
  "NODE_ENV" "production"
  "OTEL_SERVICE_NAME" "audit"
  "NODE_OPTIONS" (include "onsale.nodeOptions" .Values.audit.heap)
-}}
{{- range $schema := list "auth" "commerce" -}}
  {{- $mysql := include "onsale.mysqlEnv" (dict "root" $root "schema" $schema "migrates" false) | fromJson -}}
  {{- range $name := list "HOST" "PORT" "NAME" "CA_FILE" -}}
    {{- with get $mysql (printf "DB_%s" $name) -}}{{- $_ := set $env (printf "AUDIT_%s_%s" (upper $schema) $name) . -}}{{- end -}}
  {{- end -}}
  {{- $_ := set $env (printf "AUDIT_%s_USER" (upper $schema)) "auditor" -}}
  {{- $_ := set $env (printf "AUDIT_%s_PASSWORD" (upper $schema)) (include "onsale.fromSecret" (dict "name" (include "onsale.databaseSecret" $root) "key" "auditor") | fromJson) -}}
{{- end -}}
{{- range $name, $value := pick (include "onsale.redisEnv" . | fromJson) "REDIS_CACHE_URL" "REDIS_CACHE_PASSWORD" "REDIS_CA_FILE" -}}
  {{- $_ := set $env (printf "AUDIT_%s" $name) $value -}}
{{- end -}}
{{- $env = merge $env (include "onsale.kafkaEnv" (dict "root" . "prefix" "AUDIT_") | fromJson) -}}
{{- if eq "true" (include "onsale.auditsDataPlatform" .) -}}
  {{- $_ := set $env "AUDIT_DATA_PLATFORM_URL" (include "onsale.dataPlatformUrl" .) -}}
  {{- $_ := set $env "AUDIT_DATA_PLATFORM_KEY" (include "onsale.fromSecret" (dict "name" (include "onsale.dataPlatformSecret" .) "key" "key") | fromJson) -}}
{{- end -}}
{{- include "onsale.overlay" (dict "base" $env "over" .Values.audit.extraEnv) -}}
{{- end -}}

{{/* "true" where what was delivered can be listed: at the service that stands for the data platform; somebody else's need not tell. */}}
{{- define "onsale.auditsDataPlatform" -}}
{{- if and (not .Values.dataPlatform.url) (include "onsale.hasDataPlatform" .) -}}true{{- end -}}
{{- end -}}
