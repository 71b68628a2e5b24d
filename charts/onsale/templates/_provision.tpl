{{/* The container that makes schemas and their users. Takes root. */}}
{{- define "onsale.provisionContainer" -}}
{{- $values := .root.Values.mysql -}}
{{- $mysql := (include "onsale.dataServices" .root | fromJson).mysql -}}
{{- $root := include "onsale.provisioner" .root | fromJson -}}
{{- $env := dict
  "PROVISION_MYSQL_HOST" $mysql.primary.host "PROVISION_MYSQL_PORT" ($mysql.primary.port | int | toString)
  "PROVISION_MYSQL_USER" $root.username
  "PROVISION_MYSQL_PASSWORD" (include "onsale.fromSecret" (dict "name" $root.secret "key" $root.key) | fromJson)
  "PROVISION_SCHEMAS" (include "onsale.schemas" .root | fromJsonArray | join ",")
  "PROVISION_READERS" "auditor:auth+commerce"
  "PROVISION_PASSWORDS_FOLDER" "/etc/onsale/passwords"
  "PROVISION_REQUIRE_TLS" (ternary "true" "false" (not (empty $mysql.caSecret)))
  "PROVISION_WAIT_SECONDS" (.root.Values.jobs.waitSeconds | int | toString)
-}}
{{- if $mysql.caSecret -}}{{- $_ := set $env "PROVISION_MYSQL_CA_FILE" "/etc/onsale/mysql-ca/ca.crt" -}}{{- end -}}
{{- include "onsale.jobContainer" (merge (dict "name" "provision" "args" (list "operations/src/provision.ts") "env" $env) .) -}}
{{- end -}}

{{/* Who provisions: the user, and the Secret and key of the password. As JSON. */}}
{{- define "onsale.provisioner" -}}
{{- $values := .Values.mysql.provision -}}
{{- $bundled := (include "onsale.dataServices" . | fromJson).mysql.root | default dict -}}
{{- if $values.existingSecret -}}
  {{- dict "username" $values.username "secret" $values.existingSecret "key" $values.passwordKey | toJson -}}
{{- else -}}
  {{- toJson $bundled -}}
{{- end -}}
{{- end -}}
