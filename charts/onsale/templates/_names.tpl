{{/* What stands before every object's name. Short enough that a worker's pods have names of 63 characters at most. */}}
{{- define "onsale.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 30 | trimSuffix "-" -}}
{{- end -}}

{{- define "onsale.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The labels by which a component's pods are found; they may never change. Takes root, component. */}}
{{- define "onsale.selectorLabels" -}}
app.kubernetes.io/name: {{ include "onsale.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* The labels of pods, which a new release of the chart alone does not change. Takes root, component. */}}
{{- define "onsale.podLabels" -}}
{{ include "onsale.selectorLabels" . }}
app.kubernetes.io/part-of: onsale
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | trimAll "-._" | quote }}
{{- end -}}

{{/* The labels of objects. Takes root, component. */}}
{{- define "onsale.labels" -}}
{{ include "onsale.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Name, namespace and labels of a component's object. Takes root, component, and name where it is not the component's. */}}
{{- define "onsale.metadata" -}}
name: {{ include "onsale.fullname" .root }}-{{ .name | default .component }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "onsale.labels" . | nindent 2 }}
{{- end -}}
