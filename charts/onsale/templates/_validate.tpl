{{/* Refuses values that contradict each other, with one sentence for each contradiction. */}}
{{- define "onsale.validate" -}}
{{- $problems := concat
  (include "onsale.problems.dataServices" . | fromJsonArray)
  (include "onsale.problems.dataPlatform" . | fromJsonArray)
  (include "onsale.problems.services" . | fromJsonArray)
  (include "onsale.problems.scaling" . | fromJsonArray)
  (include "onsale.problems.accounts" . | fromJsonArray)
  (include "onsale.problems.edge" . | fromJsonArray)
  (include "onsale.problems.secrets" . | fromJsonArray)
-}}
{{- if $problems -}}{{- fail (printf "\n%s" (join "\n" $problems)) -}}{{- end -}}
{{- end -}}

{{- define "onsale.problems.accounts" -}}
{{- $problems := list -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" (include "onsale.fullname" .)) -}}
  {{- $problems = append $problems (printf "%s cannot stand before the names of Services: set fullnameOverride to lower-case letters, digits and -, a letter first." (include "onsale.fullname" .)) -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
  {{- $problems = append $problems "serviceAccount.create is false: set serviceAccount.name to the one that pods use." -}}
{{- end -}}
{{- if and (or (eq .Values.election.by "lease") (include "onsale.hasTopology" .)) .Values.rbac.create (not .Values.serviceAccount.create) (eq .Values.serviceAccount.name "default") -}}
  {{- $problems = append $problems "serviceAccount.name may not be default while rbac.create is true, for every pod of the namespace would get the right to leases and to move the primary." -}}
{{- end -}}
{{- if and (eq .Values.election.by "lease") (not .Values.rbac.create) .Values.serviceAccount.create -}}
  {{- $problems = append $problems "election.by is lease and rbac.create is false: set election.by to database, or serviceAccount.name to one that may get, create and update leases (serviceAccount.create false)." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "onsale.problems.edge" -}}
{{- $problems := list -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
  {{- $problems = append $problems "ingress.enabled needs ingress.hosts." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
  {{- $problems = append $problems "httpRoute.enabled needs httpRoute.parentRefs: the Gateways it belongs to." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
{{- define "onsale.problems.scaling" -}}
{{- $problems := list -}}
{{- if le (add (mul 1000 (int .Values.drain.preStopSeconds)) (int .Values.drain.delayMs)) (int .Values.gateway.connectionTtlMs) -}}
  {{- $problems = append $problems "drain.preStopSeconds and drain.delayMs together must be longer than gateway.connectionTtlMs: a pod would end under connections that the gateway still uses." -}}
{{- end -}}
{{- range $name, $service := .Values.services -}}
  {{- range $part, $worker := $service.workers -}}
    {{- $settings := include "onsale.settings" (dict "root" $ "service" $service "own" $worker) | fromJson -}}
    {{- if and $settings.lagScaling.enabled $worker.consumes (eq $.Values.workers.layout "folded") -}}
      {{- $problems = append $problems "lagScaling needs workers.layout separate: a worker in its service's API pods cannot be scaled by itself." -}}
    {{- end -}}
  {{- end -}}
  {{- $scaling := (include "onsale.settings" (dict "root" $ "service" $service "own" $service.api) | fromJson).autoscaling -}}
  {{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
    {{- $problems = append $problems (printf "services.%s.api.autoscaling: minReplicas is above maxReplicas." $name) -}}
  {{- end -}}
{{- end -}}
{{- toJson ($problems | uniq) -}}
{{- end -}}
