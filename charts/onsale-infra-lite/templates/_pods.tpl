{{/* The image of a service; call with (list $ "mysql"). */}}
{{- define "data.image" -}}
{{- $top := index . 0 }}
{{- $image := (get $top.Values (index . 1)).image }}
{{- $repository := $image.repository }}
{{- with $top.Values.global.imageRegistry }}{{ $repository = printf "%s/%s" (trimSuffix "/" .) $repository }}{{ end }}
{{- if $image.digest -}}
image: {{ printf "%s@%s" $repository $image.digest | quote }}
{{- else -}}
image: {{ printf "%s:%s" $repository $image.tag | quote }}
{{- end }}
imagePullPolicy: {{ $image.pullPolicy }}
{{- end }}

{{/* Who a pod runs as; call with the numeric user that its image has. */}}
{{- define "data.podSecurity" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "data.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "data.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- end }}

{{/* Pods of one service on different nodes where there are enough of them; call with (list $ "mysql"). */}}
{{- define "data.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "data.selectorLabels" . | nindent 8 }}
{{- end }}

{{/* The end of a StatefulSet's spec: its volume, called "data". Call with (list $ "mysql"). */}}
{{- define "data.claims" -}}
{{- $top := index . 0 }}
{{- $persistence := (get $top.Values (index . 1)).persistence }}
{{- if $persistence.enabled -}}
persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {{- include "data.selectorLabels" . | nindent 8 }}
        {{- include "data.keptLabel" $top | nindent 8 }}
    spec:
      accessModes: [ReadWriteOnce]
      {{- with $persistence.storageClass | default $top.Values.storageClass }}
      storageClassName: {{ . | quote }}
      {{- end }}
      resources: {requests: {storage: {{ $persistence.size }}}}
{{- end }}
{{- end }}

{{/* The pod's volume "data" where it has no claim. */}}
{{- define "data.ephemeralVolume" -}}
{{- $top := index . 0 }}
{{- if not (get $top.Values (index . 1)).persistence.enabled -}}
- name: data
  emptyDir: {}
{{- end }}
{{- end }}
