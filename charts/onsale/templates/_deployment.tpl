{{/* How long a pod may take to end. Takes root, http: whether requests come to it. */}}
{{- define "onsale.graceSeconds" -}}
{{- $drain := .root.Values.drain -}}
{{- $before := ternary (add (int $drain.preStopSeconds) (div (add (int $drain.delayMs) 999) 1000)) 0 .http -}}
{{- add $before (div (add (int $drain.budgetMs) 999) 1000) 5 -}}
{{- end -}}

{{/* Spread over nodes, and whatever else was asked for, where that can be had. Takes root, component. */}}
{{- define "onsale.spread" -}}
{{- range $key := .root.Values.spread.over }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "onsale.selectorLabels" $ | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end -}}

{{- define "onsale.probes" -}}
{{- $paths := dict "startup" "/livez" "liveness" "/livez" "readiness" "/readyz" }}
{{- range $kind, $path := $paths }}
{{ $kind }}Probe:
  httpGet: { path: {{ $path }}, port: management }
  {{- toYaml (get $.settings.probes $kind) | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Lets a pod begin in its turn, so that not all workloads start at once. Takes root, waitSeconds. */}}
{{- define "onsale.turn" -}}
- name: turn
  image: {{ include "onsale.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  # A shell alone in its container ends on SIGTERM only if it says so.
  command: [sh, -c, "trap 'exit 0' TERM; sleep {{ .waitSeconds }} & wait $!"]
  resources:
    requests: { cpu: 5m, memory: 8Mi }
    limits: { memory: 32Mi }
  securityContext:
    {{- toYaml .root.Values.containerSecurityContext | nindent 4 }}
{{- end -}}

{{/* A workload's Deployment. Takes root, workload, place: among all workloads, from 0. */}}
{{- define "onsale.deployment" -}}
{{- $workload := .workload -}}
{{- $settings := $workload.settings -}}
{{- $about := dict "root" .root "component" $workload.component -}}
{{- $leases := include "onsale.leasesOf" . | fromJsonArray -}}
{{- $uses := include "onsale.podUses" . | fromJson -}}
{{- /* The environment of a service that knows of brokers names their authority, whether or not the pod talks to them. */ -}}
{{- $mounts := include "onsale.mounts" (dict "root" .root "uses" (get .root.Values.services $workload.service).uses) | fromJson -}}
{{- $http := has "http" $workload.parts -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  {{- if not (include "onsale.isScaled" .) }}
  replicas: {{ int $settings.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- if $http }}
  minReadySeconds: {{ int .root.Values.rollout.minReadySeconds }}
  {{- end }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- include "onsale.selectorLabels" $about | nindent 6 }}
  template:
    metadata:
      {{- include "onsale.podMetadata" (merge (dict "uses" $uses "settings" $settings) $about) | nindent 6 }}
    spec:
      {{- $account := include "onsale.serviceAccount" $about }}
      {{- include "onsale.podSpec" (merge (dict "account" $account "token" (not (empty $leases)) "settings" $settings "mounts" $mounts) $about) | trim | nindent 6 }}
      terminationGracePeriodSeconds: {{ include "onsale.graceSeconds" (dict "root" .root "http" $http) }}
      topologySpreadConstraints:
        {{- include "onsale.spread" $about | trim | nindent 8 }}
      {{- with mul (int .root.Values.rollout.apartSeconds) (int .place) }}
      initContainers:
        {{- include "onsale.turn" (dict "root" $.root "waitSeconds" .) | nindent 8 }}
      {{- end }}
      containers:
        {{- $args := list (printf "services/%s/src/main.ts" $workload.service) "--parts" (join "," $workload.parts) }}
        {{- $env := include "onsale.env" (merge (dict "migrates" false) .) | fromJson }}
        {{- $container := dict "root" .root "name" $workload.service "args" $args "env" $env "resources" $settings.resources "mounts" $mounts "extraEnvFrom" $settings.extraEnvFrom }}
        - {{ include "onsale.container" $container | nindent 10 | trim }}
          ports:
            {{- if $http }}
            - { name: http, containerPort: 8080 }
            {{- end }}
            - { name: management, containerPort: 8081 }
          {{- include "onsale.probes" $workload | trim | nindent 10 }}
          {{- if and $http (gt (int .root.Values.drain.preStopSeconds) 0) }}
          lifecycle:
            preStop: { sleep: { seconds: {{ int .root.Values.drain.preStopSeconds }} } }
          {{- end }}
{{- end -}}
