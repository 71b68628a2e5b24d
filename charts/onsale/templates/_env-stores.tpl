{{/* MySQL as a service is told of it. Takes root, schema, and migrates: whether it may change tables. */}}
{{- define "onsale.mysqlEnv" -}}
{{- $values := .root.Values.mysql -}}
{{- $mysql := (include "onsale.dataServices" .root | fromJson).mysql -}}
{{- $secret := include "onsale.databaseSecret" .root -}}
{{- $env := dict
  "DB_HOST" $mysql.primary.host "DB_PORT" ($mysql.primary.port | int | toString)
  "DB_NAME" .schema
  "DB_USER" (printf "%s_app" .schema)
  "DB_PASSWORD" (include "onsale.fromSecret" (dict "name" $secret "key" (printf "%s_app" .schema)) | fromJson)
  "DB_CONNECT_TIMEOUT_MS" ($values.connectTimeoutMs | int | toString)
  "DB_POOL_SIZE" ($values.poolSize | int | toString)
  "DB_FALLBACK_LIMIT" ($values.fallbackLimit | int | toString)
-}}
{{- if $mysql.replica.host -}}
  {{- $_ := set $env "DB_REPLICA_HOST" $mysql.replica.host -}}
  {{- $_ := set $env "DB_REPLICA_PORT" ($mysql.replica.port | int | toString) -}}
{{- end -}}
{{- if $mysql.caSecret -}}{{- $_ := set $env "DB_CA_FILE" "/etc/onsale/mysql-ca/ca.crt" -}}{{- end -}}
{{- if .migrates -}}
  {{- $migrator := printf "%s_migrator" .schema -}}
  {{- $_ := set $env "DB_MIGRATION_USER" $migrator -}}
  {{- $_ := set $env "DB_MIGRATION_PASSWORD" (include "onsale.fromSecret" (dict "name" $secret "key" $migrator) | fromJson) -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* How many connections the services may take of the primary when all of them have as many pods as they may have. */}}
{{- define "onsale.connections" -}}
{{- $sum := 0 -}}
{{- range $workload := include "onsale.workloads" . | fromJsonArray -}}
  {{- $of := dict "root" $ "workload" $workload "migrates" false -}}
  {{- $env := include "onsale.env" $of | fromJson -}}
  {{- if $env.DB_POOL_SIZE -}}
    {{- $settings := $workload.settings -}}
    {{- $scaled := include "onsale.isScaled" $of -}}
    {{- $pods := int $settings.replicas -}}
    {{- if eq $scaled "cpu" -}}{{- $pods = int $settings.autoscaling.maxReplicas -}}{{- end -}}
    {{- if eq $scaled "lag" -}}{{- $pods = int $settings.lagScaling.maxReplicas -}}{{- end -}}
    {{- $sum = add $sum (mul $pods (add (int $env.DB_POOL_SIZE) (int $env.DB_FALLBACK_LIMIT) (len $workload.locks))) -}}
  {{- end -}}
{{- end -}}
{{- $sum -}}
{{- end -}}

{{/* The address of one of Redis's two roles. Takes redis, role. */}}
{{- define "onsale.redisUrl" -}}
{{- $server := get .redis .role | default dict -}}
{{- if not $server.host -}}{{- $server = .redis.lock -}}{{- end -}}
{{- printf "%s://%s:%d" (ternary "rediss" "redis" (or (not (empty .redis.caSecret)) (eq true .redis.tls))) $server.host (int $server.port) -}}
{{- end -}}

{{/* The password of one of Redis's two roles, as JSON; null where there is none. Takes root, role. */}}
{{- define "onsale.redisPassword" -}}
{{- $values := .root.Values.redis -}}
{{- $redis := (include "onsale.dataServices" .root | fromJson).redis -}}
{{- if $values.existingSecret -}}
  {{- include "onsale.fromSecret" (dict "name" $values.existingSecret "key" (get $values.existingSecretKeys .role)) -}}
{{- else if $redis.secret -}}
  {{- include "onsale.fromSecret" (dict "name" $redis.secret "key" $redis.key) -}}
{{- else -}}
  {}
{{- end -}}
{{- end -}}

{{- define "onsale.redisEnv" -}}
{{- $redis := (include "onsale.dataServices" . | fromJson).redis -}}
{{- $env := dict "REDIS_COMMAND_TIMEOUT_MS" (.Values.redis.commandTimeoutMs | int | toString) -}}
{{- range $role := list "lock" "cache" -}}
  {{- $_ := set $env (printf "REDIS_%s_URL" (upper $role)) (include "onsale.redisUrl" (dict "redis" $redis "role" $role)) -}}
  {{- with include "onsale.redisPassword" (dict "root" $ "role" $role) | fromJson -}}
    {{- $_ := set $env (printf "REDIS_%s_PASSWORD" (upper $role)) . -}}
  {{- end -}}
{{- end -}}
{{- if $redis.caSecret -}}{{- $_ := set $env "REDIS_CA_FILE" "/etc/onsale/redis-ca/ca.crt" -}}{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* Kafka as a service is told of it, or the audit by its prefix. Takes root, prefix. */}}
{{- define "onsale.kafkaEnv" -}}
{{- $values := .root.Values.kafka -}}
{{- $kafka := (include "onsale.dataServices" .root | fromJson).kafka -}}
{{- $env := dict (printf "%sKAFKA_BROKERS" .prefix) (join "," $kafka.brokers) (printf "%sKAFKA_TOPIC_PREFIX" .prefix) $values.topicPrefix -}}
{{- if $kafka.caSecret -}}{{- $_ := set $env (printf "%sKAFKA_CA_FILE" .prefix) "/etc/onsale/kafka-ca/ca.crt" -}}{{- end -}}
{{- with $kafka.sasl -}}
{{- if .mechanism -}}
  {{- $secret := $values.existingSecret | default $kafka.secret -}}
  {{- $key := $values.existingSecretKey | default $kafka.key | default "password" -}}
  {{- $_ := set $env (printf "%sKAFKA_SASL_MECHANISM" $.prefix) .mechanism -}}
  {{- $_ := set $env (printf "%sKAFKA_USERNAME" $.prefix) .username -}}
  {{- $_ := set $env (printf "%sKAFKA_PASSWORD" $.prefix) (include "onsale.fromSecret" (dict "name" $secret "key" $key) | fromJson) -}}
{{- end -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{- define "onsale.topicsEnv" -}}
{{- with .Values.kafka.topics -}}
{{- dict
  "KAFKA_TOPIC_PARTITIONS" (.partitions | int | toString)
  "KAFKA_TOPIC_REPLICATION" (.replication | int | toString)
  "KAFKA_TOPIC_MIN_IN_SYNC" (.minInSync | int | toString)
  "KAFKA_TOPIC_RETENTION_DAYS" (.retentionDays | int | toString) | toJson -}}
{{- end -}}
{{- end -}}
