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

{{/*
What a workload that elects needs: its leases, which an uninstall takes away again, and the right to hold them. Making
one cannot be bound to a name; it is for a lease that somebody deleted. Takes root, workload, leases.
*/}}
{{- define "onsale.leaseObjects" -}}
{{- $about := dict "root" .root "component" .workload.component -}}
{{- range .leases }}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata:
  {{- include "onsale.metadata" (merge (dict "name" (trimPrefix (printf "%s-" (include "onsale.fullname" $.root)) .)) $about) | nindent 2 }}
{{- end }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
rules:
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    resourceNames: {{ toJson .leases }}
    verbs: [get, update]
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "onsale.fullname" .root }}-{{ .workload.component }}
subjects:
  - kind: ServiceAccount
    name: {{ include "onsale.serviceAccount" $about }}
    namespace: {{ .root.Release.Namespace }}
{{- end -}}
