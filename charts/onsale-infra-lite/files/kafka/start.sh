# Formats the volume once, then becomes the broker: SIGTERM reaches it, and it hands its partitions over.
set -euo pipefail
readonly volume=/var/lib/kafka/data
readonly node=${POD_NAME##*-}
readonly properties=/tmp/server.properties

say() { printf '%s onsale: %s\n' "$(date -u +%FT%TZ)" "$*" >&2; }

# write_properties FOLDER
write_properties() {
  {
    cat /onsale/config/server.properties
    printf 'node.id=%s\nlog.dirs=%s\n' "$node" "$1"
    printf 'advertised.listeners=CLIENT://%s.onsale-kafka.%s.svc:9092\n' "$POD_NAME" "$NAMESPACE"
  } >"$properties"
}

readonly options=(-Xms48m "-Xmx$HEAP" -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData
  -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Djava.io.tmpdir=/tmp
  -Dlog4j2.configurationFile=/onsale/config/log4j2.properties -cp '/opt/kafka/libs/*')

if [[ -d $volume/log ]]; then
  # The controllers' quorum is counted from the number of nodes: with another one, two empty nodes could outvote the data.
  of=$(<"$volume/brokers")
  if [[ $of != "$BROKERS" ]]; then
    say "this volume belongs to a cluster of $of, and kafka.brokers is $BROKERS: put kafka.brokers back to $of"
    exit 1
  fi
else
  rm -rf "$volume/log.partial"
  write_properties "$volume/log.partial"
  mkdir "$volume/log.partial"
  java "${options[@]}" kafka.tools.StorageTool format --cluster-id "$CLUSTER_ID" --config "$properties"
  printf '%s' "$BROKERS" >"$volume/brokers"
  sync
  mv "$volume/log.partial" "$volume/log"
fi
write_properties "$volume/log"
exec java "${options[@]}" kafka.Kafka "$properties"
