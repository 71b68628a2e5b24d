{{- $here := printf "namespace=%q" .Release.Namespace -}}
{{- $locks := list -}}
{{- range include "onsale.workloads" . | fromJsonArray -}}{{- $locks = concat $locks .locks -}}{{- end -}}
- alert: OnsaleSemisyncDegraded
  expr: max(db_semisync_degraded{ {{- $here -}} }) == 1
  for: 1m
  labels: { severity: critical }
  annotations:
    summary: Commits are acknowledged without a replica having them.
    description: One more loss can lose orders. Bring the replica back before anything else.
- alert: OnsaleOutboxStuck
  expr: max(outbox_oldest_unsent_seconds{ {{- $here -}} }) > 60
  for: 2m
  labels: { severity: critical }
  annotations:
    summary: Events wait to be sent for over a minute.
    description: No relay leads, or Kafka does not take events. Selling goes on. Look at the relay's log and at the brokers in sync.
{{- range $lock := $locks | uniq | sortAlpha }}
- alert: OnsaleNobodyLeads
  expr: (max(leader{ {{- $here }}, lock={{ $lock | quote -}} }) or vector(0)) < 1
  for: 2m
  labels: { severity: critical, lock: {{ $lock }} }
  annotations:
    summary: Nobody leads {{ $lock }}.
    description: Look at the logs of the pods with this part, and at the election (the lease, or the primary).
{{- end }}
- alert: OnsaleDeadLetters
  expr: sum by (topic, group) (increase(consumer_messages_total{ {{- $here }}, outcome="dead-letter"}[15m])) > 0
  labels: { severity: warning }
  annotations:
    summary: The consumer {{ "{{ $labels.group }}" }} could not handle events of {{ "{{ $labels.topic }}" }}.
    description: Those behind them went on. Look at the dead letters, mend the cause, replay them.
- alert: OnsaleConsumerBehind
  expr: max by (topic, group) (consumer_oldest_unhandled_seconds{ {{- $here -}} }) > 300
  for: 5m
  labels: { severity: warning }
  annotations:
    summary: The consumer {{ "{{ $labels.group }}" }} has had an event of {{ "{{ $labels.topic }}" }} in work for five minutes.
    description: It is slow, or waits for something that is away. Nothing is lost; its log names the event and the error.
- alert: OnsaleReplicaUnused
  expr: sum(rate(db_replica_fallbacks_total{ {{- $here -}} }[5m])) > 1
  for: 5m
  labels: { severity: warning }
  annotations:
    summary: Reads go to the primary.
    description: The replica is away or lags. Look at db_replica_lag_seconds and SHOW REPLICA STATUS.
- alert: OnsaleDataPlatformAway
  expr: max(http_client_breaker_state{ {{- $here }}, client="data-platform"}) == 2
  for: 10m
  labels: { severity: warning }
  annotations:
    summary: The data platform fails or hangs.
    description: Deliveries wait in their topics, orders go on. Tell its owner; the breaker closes by itself.
- alert: OnsaleServerErrors
  expr: >-
    sum by (service) (rate(http_request_duration_seconds_count{ {{- $here }}, status=~"5.."}[5m]))
    / sum by (service) (rate(http_request_duration_seconds_count{ {{- $here -}} }[5m])) > 0.02
  for: 5m
  labels: { severity: critical }
  annotations:
    summary: Over 2 % of the answers of {{ "{{ $labels.service }}" }} are server errors.
    description: The code in the answers' body says which; docs/operations.md says what to do.
- alert: OnsaleSheds
  expr: sum by (service) (rate(http_requests_shed_total{ {{- $here -}} }[5m]) or rate(gateway_requests_shed_total{ {{- $here -}} }[5m])) > 1
  for: 5m
  labels: { severity: warning }
  annotations:
    summary: '{{ "{{ $labels.service }}" }} refuses requests, for too many are in flight.'
    description: It sheds on purpose. Add instances.
- alert: OnsaleJobRestarts
  expr: sum by (service, part) (increase(job_restarts_total{ {{- $here -}} }[15m])) > 5
  labels: { severity: warning }
  annotations:
    summary: The part {{ "{{ $labels.part }}" }} of {{ "{{ $labels.service }}" }} fails again and again.
    description: Its log has the error.
