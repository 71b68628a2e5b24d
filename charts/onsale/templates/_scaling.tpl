{{/* Which API scales a workload, "" where none does: cpu, lag. Takes root, workload. */}}
{{- define "onsale.isScaled" -}}
{{- $settings := .workload.settings -}}
{{- if eq .workload.kind "api" -}}
  {{- if $settings.autoscaling.enabled -}}cpu{{- end -}}
{{- else if and .workload.consumes $settings.lagScaling.enabled (.root.Capabilities.APIVersions.Has "keda.sh/v1alpha1") -}}
  lag
{{- end -}}
{{- end -}}

{{- define "onsale.horizontalPodAutoscaler" -}}
{{- $about := dict "root" .root "component" .workload.component -}}
{{- $scaling := .workload.settings.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ include "onsale.fullname" .root }}-{{ .workload.component }} }
  minReplicas: {{ int $scaling.minReplicas }}
  maxReplicas: {{ int $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ int $scaling.targetCPUUtilizationPercentage }} }
  behavior:
    # A sale comes in seconds and goes in minutes.
    scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: Percent, value: 100, periodSeconds: 15 }] }
    scaleDown: { stabilizationWindowSeconds: 300 }
{{- end -}}

{{/* KEDA's part: a consumer has as many pods as its lag asks for. Its rights at the brokers are the pod's own. */}}
{{- define "onsale.scaledObject" -}}
{{- $about := dict "root" .root "component" .workload.component -}}
{{- $root := .root -}}
{{- $kafka := (include "onsale.dataServices" $root | fromJson).kafka -}}
{{- $scaling := .workload.settings.lagScaling -}}
{{- $prefix := $root.Values.kafka.topicPrefix -}}
{{- $group := printf "%s%s" $prefix .workload.consumes.group -}}
{{- $secured := or $kafka.caSecret (dig "sasl" "mechanism" "" $kafka) -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  scaleTargetRef: { name: {{ include "onsale.fullname" $root }}-{{ .workload.component }} }
  minReplicaCount: {{ int $scaling.minReplicas }}
  maxReplicaCount: {{ int $scaling.maxReplicas }}
  triggers:
    {{- range $topic := .workload.consumes.topics }}
    - type: kafka
      metadata:
        bootstrapServers: {{ join "," $kafka.brokers }}
        consumerGroup: {{ $group | quote }}
        topic: {{ printf "%s%s" $prefix $topic | quote }}
        lagThreshold: {{ $scaling.lagThreshold | int | quote }}
        offsetResetPolicy: earliest
        {{- with dig "sasl" "mechanism" "" $kafka }}
        sasl: {{ dict "plain" "plaintext" "scram-sha-256" "scram_sha256" "scram-sha-512" "scram_sha512" | dig . "" }}
        {{- end }}
        {{- if $kafka.caSecret }}
        tls: enable
        {{- end }}
      {{- if $secured }}
      authenticationRef: { name: {{ include "onsale.fullname" $root }}-{{ $.workload.component }} }
      {{- end }}
    {{- end }}
{{- if $secured }}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  {{- if dig "sasl" "mechanism" "" $kafka }}
  env:
    - { parameter: username, name: KAFKA_USERNAME, containerName: {{ .workload.service }} }
    - { parameter: password, name: KAFKA_PASSWORD, containerName: {{ .workload.service }} }
  {{- end }}
  {{- with $kafka.caSecret }}
  secretTargetRef:
    - { parameter: ca, name: {{ . }}, key: ca.crt }
  {{- end }}
{{- end }}
{{- end -}}

{{/* "true" where a consumer is to be scaled by KEDA. */}}
{{- define "onsale.wantsLagScaling" -}}
{{- range include "onsale.workloads" . | fromJsonArray -}}
  {{- if and .consumes .settings.lagScaling.enabled -}}true{{- end -}}
{{- end -}}
{{- end -}}
