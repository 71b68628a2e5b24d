{{/* The configuration of one Redis; call with (list $ name). */}}
{{- define "data.redis.files" -}}
{{- $top := index . 0 }}
redis.conf: |
  {{- $top.Files.Get "files/redis/redis.conf" | nindent 2 }}
  {{- if eq (index . 1) "onsale-redis" }}
  # Locks: none may vanish behind its holder's back.
  maxmemory {{ $top.Values.redis.maxMemory }}
  maxmemory-policy noeviction
  appendonly yes
  appendfsync everysec
  {{- else }}
  maxmemory {{ $top.Values.redis.cache.maxMemory }}
  maxmemory-policy allkeys-lru
  appendonly no
  {{- end }}
start.sh: |
  {{- $top.Files.Get "files/redis/start.sh" | nindent 2 }}
ready.sh: |
  {{- $top.Files.Get "files/redis/ready.sh" | nindent 2 }}
{{- end }}

{{/* The pod template of one Redis; call with (list $ name resources keepsData). */}}
{{- define "data.redis.pod" -}}
{{- $top := index . 0 }}
{{- $name := index . 1 }}
metadata:
  labels: {{- include "data.labels" (list $top "redis") | nindent 4 }}
    onsale.dev/redis: {{ $name }}
  annotations:
    checksum/config: {{ include "data.redis.files" (list $top $name) | sha256sum }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- include "data.pullSecrets" $top | nindent 2 }}
  {{- include "data.podSecurity" 999 | nindent 2 }}
  terminationGracePeriodSeconds: 30
  containers:
    - name: redis
      {{- include "data.image" (list $top "redis") | nindent 6 }}
      command: [sh, /onsale/config/start.sh]
      ports:
        - {name: redis, containerPort: 6379}
      {{- include "data.containerSecurity" $top | nindent 6 }}
      startupProbe:
        exec: {command: [sh, /onsale/config/ready.sh]}
        periodSeconds: 2
        timeoutSeconds: 5
        failureThreshold: 150
      readinessProbe:
        exec: {command: [sh, /onsale/config/ready.sh]}
        periodSeconds: 10
        timeoutSeconds: 5
      livenessProbe:
        tcpSocket: {port: redis}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      terminationMessagePolicy: FallbackToLogsOnError
      resources: {{- toYaml (index . 2) | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: run, mountPath: /run/redis}
        - {name: config, mountPath: /onsale/config, readOnly: true}
        - {name: secrets, mountPath: /onsale/secrets, readOnly: true}
  volumes:
    {{- if not (index . 3) }}
    - name: data
      emptyDir: {}
    {{- end }}
    - name: run
      emptyDir: {medium: Memory, sizeLimit: 1Mi}
    - name: config
      configMap: {name: {{ $name }}-config}
    - name: secrets
      secret:
        secretName: {{ include "data.redis.secret" $top }}
        defaultMode: 0440
        items: [{key: redis-password, path: redis-password}]
{{- end }}

{{/* The Service of one Redis; call with (list $ name). */}}
{{- define "data.redis.service" -}}
{{- $top := index . 0 }}
apiVersion: v1
kind: Service
metadata:
  name: {{ index . 1 }}
  namespace: {{ $top.Release.Namespace }}
  labels: {{- include "data.labels" (list $top "redis") | nindent 4 }}
spec:
  selector: {{- include "data.selectorLabels" (list $top "redis") | nindent 4 }}
    onsale.dev/redis: {{ index . 1 }}
  ports:
    - {name: redis, port: 6379, targetPort: redis}
{{- end }}
