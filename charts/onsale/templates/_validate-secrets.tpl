{{/* Secrets that values name, and keys that they must have, as a JSON array of value, secret, keys. */}}
{{- define "onsale.namedSecrets" -}}
{{- $named := list -}}
{{- $users := list "auditor" -}}
{{- range $schema := include "onsale.schemas" . | fromJsonArray -}}
  {{- $users = append $users (printf "%s_app" $schema) -}}
  {{- $users = append $users (printf "%s_migrator" $schema) -}}
{{- end -}}
{{- $v := .Values -}}
{{- $named = append $named (dict "value" "mysql.existingSecret" "secret" $v.mysql.existingSecret "keys" $users) -}}
{{- $named = append $named (dict "value" "mysql.provision.existingSecret" "secret" $v.mysql.provision.existingSecret "keys" (list $v.mysql.provision.passwordKey)) -}}
{{- $named = append $named (dict "value" "mysql.external.caSecret" "secret" $v.mysql.external.caSecret "keys" (list "ca.crt")) -}}
{{- $named = append $named (dict "value" "redis.existingSecret" "secret" $v.redis.existingSecret "keys" (values $v.redis.existingSecretKeys | uniq)) -}}
{{- $named = append $named (dict "value" "redis.external.caSecret" "secret" $v.redis.external.caSecret "keys" (list "ca.crt")) -}}
{{- $named = append $named (dict "value" "kafka.existingSecret" "secret" $v.kafka.existingSecret "keys" (list ($v.kafka.existingSecretKey | default "password"))) -}}
{{- $named = append $named (dict "value" "kafka.external.caSecret" "secret" $v.kafka.external.caSecret "keys" (list "ca.crt")) -}}
{{- $named = append $named (dict "value" "admin.existingSecret" "secret" $v.admin.existingSecret "keys" (list "email" "password")) -}}
{{- $named = append $named (dict "value" "signingKeys.existingSecret" "secret" $v.signingKeys.existingSecret "keys" (list "signing-keys")) -}}
{{- $named = append $named (dict "value" "dataPlatform.existingSecret" "secret" $v.dataPlatform.existingSecret "keys" (list "key")) -}}
{{- range $given := $v.global.imagePullSecrets -}}
  {{- $named = append $named (dict "value" "global.imagePullSecrets" "secret" (include "onsale.nameOf" $given) "keys" list) -}}
{{- end -}}
{{- toJson $named -}}
{{- end -}}

{{/* Named Secrets that are not there. Only a cluster can tell; every namespace of one has kube-root-ca.crt. */}}
{{- define "onsale.problems.secrets" -}}
{{- $problems := list -}}
{{- $namespace := .Release.Namespace -}}
{{- if lookup "v1" "ConfigMap" $namespace "kube-root-ca.crt" -}}
  {{- range $named := include "onsale.namedSecrets" . | fromJsonArray -}}
    {{- if $named.secret -}}
      {{- $found := lookup "v1" "Secret" $namespace $named.secret -}}
      {{- if not $found -}}
        {{- $problems = append $problems (printf "%s is %s, and the namespace %s has no such Secret." $named.value $named.secret $namespace) -}}
      {{- else -}}
        {{- $missing := list -}}
        {{- range $named.keys -}}{{- if not (hasKey ($found.data | default dict) .) -}}{{- $missing = append $missing . -}}{{- end -}}{{- end -}}
        {{- if $missing -}}
          {{- $problems = append $problems (printf "%s is %s, and that Secret lacks %s." $named.value $named.secret (join ", " $missing)) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
