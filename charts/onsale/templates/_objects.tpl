{{/* What beside its Deployment a workload consists of. All take root, workload. */}}

{{/* What a pod is let to, as JSON: what its workload uses, the collector where there is one, and the API server to elect by it. */}}
{{- define "onsale.podUses" -}}
{{- $endpoint := (include "onsale.dataServices" .root | fromJson).tracing.endpoint -}}
{{- $leases := include "onsale.leasesOf" . | fromJsonArray -}}
{{- merge (dict "collector" (not (empty $endpoint)) "kubernetes-api" (not (empty $leases))) .workload.uses | toJson -}}
{{- end -}}

{{- define "onsale.service" -}}
{{- $about := dict "root" .root "component" .workload.component -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "onsale.selectorLabels" $about | nindent 4 }}
  ports:
    - { name: http, port: 8080, targetPort: http, appProtocol: http }
    - { name: management, port: 8081, targetPort: management, appProtocol: http }
{{- end -}}

{{- define "onsale.podDisruptionBudget" -}}
{{- $about := dict "root" .root "component" .workload.component -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "onsale.metadata" $about | nindent 2 }}
spec:
  # Not minAvailable: with one replica it would hold up a drain for ever.
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "onsale.selectorLabels" $about | nindent 6 }}
{{- end -}}
