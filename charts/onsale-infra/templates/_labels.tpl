{{/* The labels of an object of this chart itself: dict "root" $ "component" NAME. */}}
{{- define "onsale-infra.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{ include "onsale-infra.selector" . }}
app.kubernetes.io/part-of: onsale-data
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/* What selects its pods. */}}
{{- define "onsale-infra.selector" -}}
app.kubernetes.io/name: onsale-infra
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}
