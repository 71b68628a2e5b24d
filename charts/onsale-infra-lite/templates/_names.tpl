{{/* Labels of one data service; call with (list $ "mysql"). */}}
{{- define "data.selectorLabels" -}}
app.kubernetes.io/name: onsale-{{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
app.kubernetes.io/part-of: onsale-data
{{- end }}

{{- define "data.labels" -}}
{{- $top := index . 0 }}
{{- include "data.selectorLabels" . }}
app.kubernetes.io/version: {{ (get $top.Values (index . 1)).image.tag | trunc 63 | trimAll "-._" | quote }}
app.kubernetes.io/managed-by: {{ $top.Release.Service }}
helm.sh/chart: {{ $top.Chart.Name }}-{{ $top.Chart.Version }}
{{- end }}

{{/* What stays behind when the release is uninstalled carries this label, so that it can be found. */}}
{{- define "data.keptLabel" -}}
onsale.dev/kept: "true"
{{- end }}

{{- define "data.mysql.secret" -}}
{{ .Values.mysql.existingSecret | default "onsale-mysql" }}
{{- end }}

{{- define "data.mysql.tlsSecret" -}}
{{ .Values.mysql.tls.existingSecret | default "onsale-mysql-tls" }}
{{- end }}

{{- define "data.redis.secret" -}}
{{ .Values.redis.existingSecret | default "onsale-redis" }}
{{- end }}

{{/* Fails when a Secret that was named is not there. Without a cluster to ask, nothing is said. Call with (list $ value name keys…). */}}
{{- define "data.requireSecret" -}}
{{- $top := index . 0 }}
{{- $value := index . 1 }}
{{- $name := index . 2 }}
{{- $namespace := $top.Release.Namespace }}
{{- if and $name (lookup "v1" "ServiceAccount" $namespace "default") }}
{{- $secret := lookup "v1" "Secret" $namespace $name }}
{{- if not $secret }}
{{- fail (printf "%s names the Secret %q, which is not in the namespace %s." $value $name $namespace) }}
{{- end }}
{{- range slice . 3 }}
{{- if not (hasKey ($secret.data | default dict) .) }}
{{- fail (printf "The Secret %q that %s names has no key %q." $name $value .) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
