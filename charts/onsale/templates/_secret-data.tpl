{{/*
The data of a Secret that is made once: what the cluster has of it is kept, and what is missing is made, so that an
upgrade changes no password. Takes root, name, keys (key → what to make: password, signing-keys, or a given value).
*/}}
{{- define "onsale.keptData" -}}
{{- $kept := (lookup "v1" "Secret" .root.Release.Namespace .name).data | default dict -}}
{{- range $key, $make := .keys -}}
  {{- $made := has $make (list "password" "signing-keys") -}}
  {{- if and $made (hasKey $kept $key) }}
{{ $key }}: {{ get $kept $key | quote }}
  {{- else if eq $make "password" }}
{{ $key }}: {{ randAlphaNum 32 | b64enc | quote }}
  {{- else if eq $make "signing-keys" }}
{{ $key }}: {{ genPrivateKey "ed25519" | b64enc | quote }}
  {{- else }}
{{ $key }}: {{ $make | b64enc | quote }}
  {{- end }}
{{- end -}}
{{- end -}}

{{/* A Secret of ours. Takes root, name (without the release's), keys, and keep: whether an uninstall leaves it. */}}
{{- define "onsale.secret" -}}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "onsale.fullname" .root }}-{{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "onsale.labels" (dict "root" .root "component" .name) | nindent 4 }}
    {{- if .keep }}
    onsale.dev/kept: "true"
    {{- end }}
  {{- if .keep }}
  annotations:
    helm.sh/resource-policy: keep
  {{- end }}
type: Opaque
data:
  {{- $name := printf "%s-%s" (include "onsale.fullname" .root) .name }}
  {{- include "onsale.keptData" (dict "root" .root "name" $name "keys" .keys) | trim | nindent 2 }}
{{ end -}}
