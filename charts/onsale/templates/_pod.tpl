{{/* The labels by which data services and network policies know what a pod may talk to. Takes uses. */}}
{{- define "onsale.usesLabels" -}}
{{- range $what := list "mysql" "redis" "kafka" "collector" "kubernetes-api" }}
{{- if get $.uses $what }}
uses.onsale.dev/{{ $what }}: "true"
{{- end }}
{{- end }}
{{- end -}}

{{/* A pod's labels and annotations. Takes root, component, uses, settings. */}}
{{- define "onsale.podMetadata" -}}
labels:
  {{- include "onsale.podLabels" . | nindent 2 }}
  {{- with include "onsale.usesLabels" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .settings.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  onsale.dev/secrets-version: {{ .root.Values.secretsVersion | quote }}
  {{- with .settings.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* A name that is given as text or as {name}. */}}
{{- define "onsale.nameOf" -}}
{{- if kindIs "map" . -}}{{ .name }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* What all pods have but containers. Takes root, component, account, token, settings, mounts. */}}
{{- define "onsale.podSpec" -}}
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ include "onsale.nameOf" . }}
  {{- end }}
{{- end }}
serviceAccountName: {{ .account }}
automountServiceAccountToken: {{ .token | default false }}
enableServiceLinks: false
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
{{- with get $.settings $field }}
{{ $field }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 64Mi }
  {{- range $name, $mount := .mounts }}
  - name: {{ $name }}
    secret:
      secretName: {{ $mount.secret }}
      defaultMode: 0440
      {{- with $mount.keys }}
      items:
        {{- range . }}
        - { key: {{ . }}, path: {{ . }} }
        {{- end }}
      {{- end }}
  {{- end }}
{{- end -}}

{{/* A container of the one image. Takes root, name, args, env, resources, mounts, extraEnvFrom. */}}
{{- define "onsale.container" -}}
name: {{ .name }}
image: {{ include "onsale.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  {{- toYaml .args | nindent 2 }}
env:
  {{- include "onsale.envList" .env | trim | nindent 2 }}
{{- with .extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .resources | nindent 2 }}
securityContext:
  {{- toYaml .root.Values.containerSecurityContext | nindent 2 }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- range $name, $mount := .mounts }}
  - { name: {{ $name }}, mountPath: /etc/onsale/{{ $name }}, readOnly: true }
  {{- end }}
{{- end -}}

{{/* The Secrets that come as files, as JSON by the name of their folder. Takes root, uses. */}}
{{- define "onsale.mounts" -}}
{{- $mounts := dict -}}
{{- $data := include "onsale.dataServices" .root | fromJson -}}
{{- range $what := list "mysql" "redis" "kafka" -}}
  {{- $ca := (get $data $what).caSecret -}}
  {{- if and (get $.uses $what) $ca -}}
    {{- $_ := set $mounts (printf "%s-ca" $what) (dict "secret" $ca "keys" (list "ca.crt")) -}}
  {{- end -}}
{{- end -}}
{{- if .uses.signingKeys -}}
  {{- $_ := set $mounts "signing-keys" (dict "secret" (include "onsale.signingKeysSecret" .root)) -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end -}}
