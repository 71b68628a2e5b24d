{{/*
Takes base and over, two maps; answers JSON: base with what over says, maps within maps alike. Unlike sprig's
mergeOverwrite it takes over `false`, 0 and "" too.
*/}}
{{- define "onsale.overlay" -}}
{{- $out := deepCopy .base -}}
{{- range $key, $value := .over -}}
  {{- if and (kindIs "map" $value) (kindIs "map" (get $out $key)) -}}
    {{- $_ := set $out $key (include "onsale.overlay" (dict "base" (get $out $key) "over" $value) | fromJson) -}}
  {{- else -}}
    {{- $_ := set $out $key $value -}}
  {{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}
