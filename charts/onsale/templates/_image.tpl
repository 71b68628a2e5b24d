{{/* The one image, with registry, and by digest where one is given. */}}
{{- define "onsale.image" -}}
{{- with .Values.global.imageRegistry -}}{{ trimSuffix "/" . }}/{{- end -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest -}}@{{ .Values.image.digest }}{{- else -}}:{{ .Values.image.tag | default .Chart.AppVersion }}{{- end -}}
{{- end -}}
