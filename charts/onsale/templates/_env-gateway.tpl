{{/* The gateway's routes and where they lead, from the map of services. */}}
{{- define "onsale.gatewayEnv" -}}
{{- $root := . -}}
{{- $routes := list -}}
{{- $upstreams := dict -}}
{{- range $name := include "onsale.routed" . | fromJsonArray -}}
  {{- with (get $root.Values.services $name).routes -}}
    {{- range .guarded -}}{{- $routes = append $routes (dict "prefix" . "service" $name "anonymous" false "limit" "user") -}}{{- end -}}
    {{- range .open -}}{{- $routes = append $routes (dict "prefix" . "service" $name "anonymous" true "limit" "user") -}}{{- end -}}
    {{- range .byAddress -}}{{- $routes = append $routes (dict "prefix" . "service" $name "anonymous" true "limit" "address") -}}{{- end -}}
  {{- end -}}
  {{- /* Without `health`: a Service knows by itself which of its pods are ready. */ -}}
  {{- $_ := set $upstreams $name (list (dict "url" (printf "http://%s-%s:8080" (include "onsale.fullname" $root) $name))) -}}
{{- end -}}
{{- $env := dict
  "GATEWAY_ROUTES" (mustToRawJson $routes)
  "GATEWAY_UPSTREAMS" (mustToRawJson $upstreams)
  "GATEWAY_TRUSTED_HOPS" (.Values.gateway.trustedHops | int | toString)
  "GATEWAY_CONNECT_TIMEOUT_MS" (.Values.gateway.connectTimeoutMs | int | toString)
  "GATEWAY_CONNECTION_TTL_MS" (.Values.gateway.connectionTtlMs | int | toString)
-}}
{{- with .Values.gateway.corsOrigins -}}{{- $_ := set $env "GATEWAY_CORS_ORIGINS" (join "," .) -}}{{- end -}}
{{- toJson $env -}}
{{- end -}}
