{{/*
Where MySQL, Redis, Kafka and the collector are, as JSON: of the table in files/bundled.yaml, or of the values. `to` are
the NetworkPolicy peers that stand for them.
*/}}
{{- define "onsale.dataServices" -}}
{{- $bundled := .Files.Get "files/bundled.yaml" | fromYaml -}}
{{- $found := dict -}}
{{- range $what := list "mysql" "redis" "kafka" "tracing" -}}
  {{- $values := get $.Values $what -}}
  {{- $of := get (get $bundled $values.bundled | default dict) $what -}}
  {{- $access := $of | default $values.external -}}
  {{- $_ := set $found $what (omit $access "pods" "cidrs") -}}
  {{- $_ := set (get $found $what) "to" (include "onsale.peersOf" $access | fromJsonArray) -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}

{{- define "onsale.peersOf" -}}
{{- $peers := list -}}
{{- if .pods -}}
  {{- $peers = append $peers (dict "podSelector" (dict "matchLabels" .pods)) -}}
{{- else -}}
  {{- range .cidrs -}}{{- $peers = append $peers (dict "ipBlock" (dict "cidr" .)) -}}{{- end -}}
{{- end -}}
{{- toJson $peers -}}
{{- end -}}

{{/* "true" where order events are told to somebody: somebody else's platform, or the service that stands for it. */}}
{{- define "onsale.hasDataPlatform" -}}
{{- if or .Values.dataPlatform.url (include "onsale.isEnabled" (index .Values.services "data-platform")) -}}true{{- end -}}
{{- end -}}

{{- define "onsale.dataPlatformUrl" -}}
{{- .Values.dataPlatform.url | default (printf "http://%s-data-platform:8080" (include "onsale.fullname" .)) -}}
{{- end -}}
