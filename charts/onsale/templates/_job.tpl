{{/*
The spec of something that runs once. Takes root, component, uses, mounts, inits and containers (lists of YAML texts),
backoffLimit, deadline, and where it calls the API server token, and account: the component whose account it has. A pod
that failed is left behind with its log.
*/}}
{{- define "onsale.jobSpec" -}}
backoffLimit: {{ int .backoffLimit }}
activeDeadlineSeconds: {{ int .deadline }}
template:
  metadata:
    {{- $settings := dict "podLabels" .root.Values.defaults.podLabels "podAnnotations" .root.Values.defaults.podAnnotations }}
    {{- include "onsale.podMetadata" (merge (dict "settings" $settings) .) | nindent 4 }}
  spec:
    restartPolicy: Never
    terminationGracePeriodSeconds: 10
    {{- $account := include "onsale.serviceAccount" (dict "root" .root "component" (.account | default "jobs")) }}
    {{- include "onsale.podSpec" (merge (dict "account" $account "settings" .root.Values.defaults) .) | trim | nindent 4 }}
    {{- with .inits }}
    initContainers:
      {{- range . }}
      - {{ . | nindent 8 | trim }}
      {{- end }}
    {{- end }}
    containers:
      {{- range .containers }}
      - {{ . | nindent 8 | trim }}
      {{- end }}
{{- end -}}

{{/*
A Job named by what it does: an upgrade or a rollback that changes it makes another, for a Job itself cannot be
changed, and one that changes nothing makes none. No hook: a hook would wait for servers that are installed after it.
Takes what jobSpec takes.
*/}}
{{- define "onsale.job" -}}
{{- $spec := include "onsale.jobSpec" (merge (dict "backoffLimit" .root.Values.jobs.backoffLimit "deadline" .root.Values.jobs.activeDeadlineSeconds) .) -}}
---
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "onsale.metadata" (merge (dict "name" (printf "%s-%s" .component (sha256sum $spec | trunc 8))) .) | nindent 2 }}
spec:
  {{- $spec | nindent 2 }}
{{ end -}}

{{/* A job's container of one command. Takes root, name, args, env, mounts. */}}
{{- define "onsale.jobContainer" -}}
{{- $jobs := .root.Values.jobs -}}
{{- $env := dict "NODE_ENV" "production" "LOG_LEVEL" .root.Values.logLevel "NODE_OPTIONS" (include "onsale.nodeOptions" $jobs.heap) "OTEL_SERVICE_NAME" .name -}}
{{- range $over := list .root.Values.defaults.extraEnv .env -}}
  {{- $env = include "onsale.overlay" (dict "base" $env "over" $over) | fromJson -}}
{{- end -}}
{{- include "onsale.container" (merge (dict "env" $env "resources" $jobs.resources "extraEnvFrom" .root.Values.defaults.extraEnvFrom) .) -}}
{{- end -}}
