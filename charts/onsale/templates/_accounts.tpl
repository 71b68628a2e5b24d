{{/* The name of a component's ServiceAccount. Takes root, component. */}}
{{- define "onsale.serviceAccount" -}}
{{- if .root.Values.serviceAccount.create -}}
{{- include "onsale.fullname" .root }}-{{ .component }}
{{- else -}}
{{- .root.Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Takes root, component. */}}
{{- define "onsale.serviceAccountObject" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "onsale.metadata" . | nindent 2 }}
  {{- with .root.Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}

{{/* Leases by their full names, which an uninstall takes away again. Takes root, component, leases. */}}
{{- define "onsale.leaseObjects" -}}
{{- range .leases }}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata:
  {{- include "onsale.metadata" (merge (dict "name" (trimPrefix (printf "%s-" (include "onsale.fullname" $.root)) .)) $) | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
The rules of a Role to hold these leases. Making one cannot be bound to a name; it is for a lease that somebody deleted.
*/}}
{{- define "onsale.leaseRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: {{ toJson . }}
  verbs: [get, update]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
{{- end -}}

{{/* A component's rights: a Role, given to its account. Takes root, component, rules (YAML). */}}
{{- define "onsale.rights" -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "onsale.metadata" . | nindent 2 }}
rules:
  {{- .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "onsale.metadata" . | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "onsale.fullname" .root }}-{{ .component }}
subjects:
  - kind: ServiceAccount
    name: {{ include "onsale.serviceAccount" . }}
    namespace: {{ .root.Release.Namespace }}
{{- end -}}
