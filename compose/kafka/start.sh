# Runs the node NODE_ID of the cluster; its storage is formatted at the first start.
set -eu

config=/tmp/server.properties
# A name, not a secret: it only has to be the same on all three.
cluster=b25zYWxlLWNvbXBvc2UtMQ

{
  cat /onsale/kafka/server.properties
  printf 'node.id=%s\nadvertised.listeners=CLIENT://kafka-%s:9092,CONTROLLER://kafka-%s:9093\n' "$NODE_ID" "$NODE_ID" "$NODE_ID"
} >"$config"

/opt/kafka/bin/kafka-storage.sh format --ignore-formatted --cluster-id "$cluster" --config "$config"
exec /opt/kafka/bin/kafka-server-start.sh "$config"
