{{- define "onsale.problems.services" -}}
{{- $problems := list -}}
{{- $services := .Values.services -}}
{{- range $name, $service := $services -}}
  {{- if not $service.uses -}}
    {{- $problems = append $problems (printf "services.%s: there is no such service; there are %s. (A new one says what it `uses`.)" $name (without (keys $services | sortAlpha) $name | join ", ")) -}}
  {{- else if include "onsale.isEnabled" $service -}}
    {{- range $part, $worker := $service.workers -}}
      {{- if not (or (hasKey $worker "elects") $worker.consumes) -}}
        {{- $problems = append $problems (printf "services.%s.workers.%s: there is no such worker; there are %s. (A new one says what it `elects` or `consumes`.)" $name $part (without (keys $service.workers | sortAlpha) $part | join ", ")) -}}
      {{- end -}}
    {{- end -}}
    {{- $needed := $service.calls | default list -}}
    {{- if $service.uses.tokens -}}{{- $needed = append $needed "auth" -}}{{- end -}}
    {{- range $needed -}}
      {{- if not (include "onsale.isEnabled" (get $services .)) -}}
        {{- $problems = append $problems (printf "services.%s needs the service %s, which is not enabled." $name .) -}}
      {{- end -}}
    {{- end -}}
    {{- if and $service.uses.mysql (not $service.schema) -}}
      {{- $problems = append $problems (printf "services.%s uses mysql: set its schema." $name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson ($problems | uniq) -}}
{{- end -}}
