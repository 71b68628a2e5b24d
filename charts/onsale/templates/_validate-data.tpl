{{- define "onsale.problems.dataServices" -}}
{{- $problems := list -}}
{{- $mysql := .Values.mysql -}}
{{- $redis := .Values.redis -}}
{{- $kafka := .Values.kafka -}}
{{- $tracing := .Values.tracing -}}
{{- $hosts := dict
  "mysql" (coalesce $mysql.external.primary.host $mysql.external.replica.host)
  "redis" (coalesce $redis.external.lock.host $redis.external.cache.host)
  "kafka" (join "," $kafka.external.brokers)
  "tracing" $tracing.external.endpoint
-}}
{{- range $what, $host := $hosts -}}
  {{- $bundled := (get $.Values $what).bundled -}}
  {{- if and $host (ne $bundled "none") -}}
    {{- $problems = append $problems (printf "%s.bundled is %s and %s.external names %s: set %s.bundled to none, or leave the external one empty." $what $bundled $what $host $what) -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $mysql.bundled "none") (not $mysql.external.primary.host) -}}
  {{- $problems = append $problems "mysql.bundled is none: set mysql.external.primary.host." -}}
{{- end -}}
{{- if and .Values.failover.watch.enabled (not (include "onsale.hasTopology" .)) -}}
  {{- $problems = append $problems (printf "failover.watch.enabled needs mysql.bundled lite, and it is %s: who runs other servers promotes their replica." $mysql.bundled) -}}
{{- end -}}
{{- if and (eq $redis.bundled "none") (not $redis.external.lock.host) -}}
  {{- $problems = append $problems "redis.bundled is none: set redis.external.lock.host." -}}
{{- end -}}
{{- if and (eq $kafka.bundled "none") (not $kafka.external.brokers) -}}
  {{- $problems = append $problems "kafka.bundled is none: set kafka.external.brokers." -}}
{{- end -}}
{{- if and (eq $mysql.bundled "none") $mysql.provision.enabled (not $mysql.provision.existingSecret) -}}
  {{- $problems = append $problems "mysql.provision.enabled needs mysql.provision.existingSecret for an external server: the password of a user who may make schemas and users." -}}
{{- end -}}
{{- if and (not $mysql.provision.enabled) (not $mysql.existingSecret) -}}
  {{- $problems = append $problems "mysql.provision.enabled is false: set mysql.existingSecret to the passwords of the users that are there, for passwords made here would be nobody's." -}}
{{- end -}}
{{- if and (eq $redis.bundled "none") $redis.external.auth (not $redis.existingSecret) -}}
  {{- $problems = append $problems "redis.external.auth needs redis.existingSecret: the server's password." -}}
{{- end -}}
{{- if and (eq $redis.bundled "none") (not $redis.external.auth) $redis.existingSecret -}}
  {{- $problems = append $problems "redis.external.auth is false and redis.existingSecret is set: a server without a password has no use for it." -}}
{{- end -}}
{{- if $kafka.external.sasl.mechanism -}}
  {{- if or (not $kafka.existingSecret) (not $kafka.external.sasl.username) -}}
    {{- $problems = append $problems "kafka.external.sasl.mechanism needs kafka.external.sasl.username and kafka.existingSecret." -}}
  {{- end -}}
{{- end -}}
{{- if gt (int $kafka.topics.minInSync) (int $kafka.topics.replication) -}}
  {{- $problems = append $problems "kafka.topics.minInSync is above kafka.topics.replication: no event could ever be sent." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "onsale.problems.dataPlatform" -}}
{{- $problems := list -}}
{{- $bundled := include "onsale.isEnabled" (index .Values.services "data-platform") -}}
{{- if and .Values.dataPlatform.url $bundled -}}
  {{- $problems = append $problems "dataPlatform.url is set and services.data-platform is enabled, which stands for it: set services.data-platform.enabled to false." -}}
{{- end -}}
{{- if and .Values.dataPlatform.url (not .Values.dataPlatform.existingSecret) -}}
  {{- $problems = append $problems "dataPlatform.url needs dataPlatform.existingSecret: the key that it knows us by." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
