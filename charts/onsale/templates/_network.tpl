{{/*
Everything of the release that talks, as a JSON array of component, uses, calls, http (whether it is called), management:
its workloads, what runs once, and what moves the primary.
*/}}
{{- define "onsale.talkers" -}}
{{- $talkers := list -}}
{{- range $workload := include "onsale.workloads" . | fromJsonArray -}}
  {{- $of := dict "root" $ "workload" $workload -}}
  {{- $uses := include "onsale.podUses" $of | fromJson -}}
  {{- $talkers = append $talkers (dict "component" $workload.component "uses" $uses "calls" $workload.calls "http" (has "http" $workload.parts) "management" true) -}}
{{- end -}}
{{- $audited := list -}}
{{- if include "onsale.auditsDataPlatform" . -}}{{- $audited = list "data-platform" -}}{{- end -}}
{{- $talkers = append $talkers (dict "component" "migrate" "uses" (dict "mysql" true "redis" true) "calls" list) -}}
{{- $talkers = append $talkers (dict "component" "topics" "uses" (dict "kafka" true) "calls" list) -}}
{{- $talkers = append $talkers (dict "component" "seed" "uses" (dict "mysql" true) "calls" list) -}}
{{- $talkers = append $talkers (dict "component" "audit" "uses" (dict "mysql" true "redis" true "kafka" true) "calls" $audited) -}}
{{- $talkers = append $talkers (dict "component" "test" "uses" dict "calls" (list "gateway")) -}}
{{- if include "onsale.hasTopology" . -}}
  {{- $uses := include "onsale.failoverUses" . | fromJson -}}
  {{- $talkers = append $talkers (dict "component" "failover" "uses" $uses "calls" list) -}}
  {{- if .Values.failover.watch.enabled -}}
    {{- $talkers = append $talkers (dict "component" "failover-watch" "uses" $uses "calls" list "management" true) -}}
  {{- end -}}
{{- end -}}
{{- toJson $talkers -}}
{{- end -}}

{{/* A peer: components of this release. Takes root, components. */}}
{{- define "onsale.componentsPeer" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ include "onsale.name" .root }}
      app.kubernetes.io/instance: {{ .root.Release.Name }}
    matchExpressions:
      - { key: app.kubernetes.io/component, operator: In, values: {{ .components | uniq | sortAlpha | toJson }} }
{{- end -}}

{{/* Where a talker's data services are, and on which ports: a list of {to, ports}, as JSON. Takes root, uses. */}}
{{- define "onsale.dataEgress" -}}
{{- $data := include "onsale.dataServices" .root | fromJson -}}
{{- $rules := list -}}
{{- if .uses.mysql -}}
  {{- $ports := list (int $data.mysql.primary.port) -}}
  {{- if $data.mysql.replica.host -}}{{- $ports = append $ports (int $data.mysql.replica.port) -}}{{- end -}}
  {{- $rules = append $rules (dict "to" $data.mysql.to "ports" $ports) -}}
{{- end -}}
{{- if .uses.redis -}}
  {{- $ports := list (int $data.redis.lock.port) -}}
  {{- if dig "cache" "host" "" $data.redis -}}{{- $ports = append $ports (int $data.redis.cache.port) -}}{{- end -}}
  {{- $rules = append $rules (dict "to" $data.redis.to "ports" $ports) -}}
{{- end -}}
{{- if .uses.kafka -}}
  {{- $ports := list -}}
  {{- range $data.kafka.brokers -}}{{- $ports = append $ports (splitList ":" . | last | int) -}}{{- end -}}
  {{- $rules = append $rules (dict "to" $data.kafka.to "ports" $ports) -}}
{{- end -}}
{{- if .uses.collector -}}
  {{- $rules = append $rules (dict "to" $data.tracing.to "ports" (list (include "onsale.portOf" $data.tracing.endpoint | int))) -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/* The port of an http or https address. */}}
{{- define "onsale.portOf" -}}
{{- $url := urlParse . -}}
{{- if regexMatch ":[0-9]+$" $url.host -}}{{- regexFind "[0-9]+$" $url.host -}}{{- else -}}{{- ternary "443" "80" (eq $url.scheme "https") -}}{{- end -}}
{{- end -}}
