{{/* The Secrets that pods read, whoever made them. */}}
{{- define "onsale.databaseSecret" -}}
{{- .Values.mysql.existingSecret | default (printf "%s-database" (include "onsale.fullname" .)) -}}
{{- end -}}

{{- define "onsale.adminSecret" -}}
{{- .Values.admin.existingSecret | default (printf "%s-admin" (include "onsale.fullname" .)) -}}
{{- end -}}

{{- define "onsale.signingKeysSecret" -}}
{{- .Values.signingKeys.existingSecret | default (printf "%s-signing-keys" (include "onsale.fullname" .)) -}}
{{- end -}}

{{- define "onsale.dataPlatformSecret" -}}
{{- .Values.dataPlatform.existingSecret | default (printf "%s-data-platform" (include "onsale.fullname" .)) -}}
{{- end -}}

{{/* A variable's value out of a Secret, as JSON. Takes name, key. */}}
{{- define "onsale.fromSecret" -}}
{{- dict "valueFrom" (dict "secretKeyRef" (dict "name" .name "key" .key)) | toJson -}}
{{- end -}}
