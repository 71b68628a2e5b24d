{{/* Whether an entry of the map is there: unless it says `enabled: false`. "" or "true". */}}
{{- define "onsale.isEnabled" -}}
{{- if and . (dig "enabled" true .) -}}true{{- end -}}
{{- end -}}

{{/* Every schema of the enabled services, as a JSON array. */}}
{{- define "onsale.schemas" -}}
{{- $schemas := list -}}
{{- range $name, $service := .Values.services -}}
  {{- if and (include "onsale.isEnabled" $service) $service.schema -}}{{- $schemas = append $schemas $service.schema -}}{{- end -}}
{{- end -}}
{{- $schemas | uniq | sortAlpha | toJson -}}
{{- end -}}

{{/* The services the gateway has routes to, as a JSON array. */}}
{{- define "onsale.routed" -}}
{{- $routed := list -}}
{{- range $name, $service := .Values.services -}}
  {{- if and (include "onsale.isEnabled" $service) $service.routes -}}{{- $routed = append $routed $name -}}{{- end -}}
{{- end -}}
{{- toJson $routed -}}
{{- end -}}

{{/* What of `defaults` holds for a workload, as JSON: its service may say otherwise, and it itself. Takes root, service, own. */}}
{{- define "onsale.settings" -}}
{{- $settings := .root.Values.defaults -}}
{{- range $over := list .service .own -}}
  {{- $known := dict -}}
  {{- range $key := keys $.root.Values.defaults -}}
    {{- if hasKey ($over | default dict) $key -}}{{- $_ := set $known $key (get $over $key) -}}{{- end -}}
  {{- end -}}
  {{- $settings = include "onsale.overlay" (dict "base" $settings "over" $known) | fromJson -}}
{{- end -}}
{{- toJson $settings -}}
{{- end -}}

{{/* A service's workers that run here, as JSON: those that are enabled, and have somebody to call. Takes root, service. */}}
{{- define "onsale.workersOf" -}}
{{- $workers := dict -}}
{{- range $part, $worker := .service.workers -}}
  {{- $inVain := and (has "data-platform" ($worker.calls | default list)) (not (include "onsale.hasDataPlatform" $.root)) -}}
  {{- if and (include "onsale.isEnabled" $worker) (not $inVain) -}}{{- $_ := set $workers $part $worker -}}{{- end -}}
{{- end -}}
{{- toJson $workers -}}
{{- end -}}

{{/*
Every Deployment there is, as a JSON array: component, service, the parts that run in it, what it uses and calls, the
locks it elects by, what it consumes, and its settings.
*/}}
{{- define "onsale.workloads" -}}
{{- $root := . -}}
{{- $workloads := list -}}
{{- range $name, $service := .Values.services -}}
{{- if include "onsale.isEnabled" $service -}}
  {{- $uses := $service.uses | default dict -}}
  {{- $workers := include "onsale.workersOf" (dict "root" $root "service" $service) | fromJson -}}
  {{- $calls := $service.calls | default list -}}
  {{- if eq $name "gateway" -}}{{- $calls = concat $calls (include "onsale.routed" $root | fromJsonArray) -}}{{- end -}}
  {{- if $uses.tokens -}}{{- $calls = append $calls "auth" -}}{{- end -}}
  {{- $api := dict "kind" "api" "component" $name "service" $name "schema" ($service.schema | default "") "parts" (list "http") -}}
  {{- $_ := set $api "settings" (include "onsale.settings" (dict "root" $root "service" $service "own" $service.api) | fromJson) -}}
  {{- $locks := list -}}
  {{- $folded := and (not (empty $workers)) (eq $root.Values.workers.layout "folded") -}}
  {{- range $part, $worker := $workers -}}
    {{- $lock := $worker.elects | default "" | list | compact -}}
    {{- if $folded -}}
      {{- $_ := set $api "parts" (append $api.parts $part) -}}
      {{- $calls = concat $calls ($worker.calls | default list) -}}
      {{- $locks = concat $locks $lock -}}
    {{- else -}}
      {{- $own := dict "kind" "worker" "component" (printf "%s-%s" $name $part) "service" $name "schema" ($service.schema | default "") -}}
      {{- $_ := set $own "parts" (list $part) -}}
      {{- $_ := set $own "uses" (omit $uses "tokens") -}}
      {{- $_ := set $own "calls" ($worker.calls | default list) -}}
      {{- $_ := set $own "locks" ($lock | default list) -}}
      {{- $_ := set $own "consumes" ($worker.consumes | default dict) -}}
      {{- $_ := set $own "settings" (include "onsale.settings" (dict "root" $root "service" $service "own" $worker) | fromJson) -}}
      {{- $workloads = append $workloads $own -}}
    {{- end -}}
  {{- end -}}
  {{- /* Requests tell nobody of what happened: they leave that to the outbox, and the workers to Kafka. */ -}}
  {{- $_ := set $api "uses" (ternary $uses (omit $uses "kafka") $folded) -}}
  {{- $_ := set $api "calls" (uniq $calls) -}}
  {{- $_ := set $api "locks" ($locks | default list) -}}
  {{- $_ := set $api "consumes" dict -}}
  {{- $workloads = append $workloads $api -}}
{{- end -}}
{{- end -}}
{{- toJson $workloads -}}
{{- end -}}

{{/* The leases a workload elects by: onsale-relay-commerce. Takes root, workload; answers a JSON array. */}}
{{- define "onsale.leasesOf" -}}
{{- $leases := list -}}
{{- if eq .root.Values.election.by "lease" -}}
  {{- range .workload.locks -}}
    {{- $leases = append $leases (printf "%s-%s-%s" (include "onsale.fullname" $.root) . $.workload.schema | replace "_" "-") -}}
  {{- end -}}
{{- end -}}
{{- toJson $leases -}}
{{- end -}}
