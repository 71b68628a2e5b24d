export interface BrokerPorts {
  client: number;
  controller: number;
  /** Set when clients are sent to another port than `client`: the brokers then talk to each other on a port apart. */
  apart?: { advertised: number; between: number };
  /** Where a login is asked for. */
  login?: { plain: number; tls: number };
}

interface Listener {
  name: string;
  port: number;
  protocol?: 'SASL_PLAINTEXT' | 'SASL_SSL';
  /** What others are told to connect to; a controller is known by the voters alone. */
  advertised?: number;
}

const loginListeners = ({ plain, tls }: { plain: number; tls: number }): Listener[] => [
  { name: 'LOGIN', port: plain, advertised: plain, protocol: 'SASL_PLAINTEXT' },
  { name: 'LOGINTLS', port: tls, advertised: tls, protocol: 'SASL_SSL' },
];

function listenersOf({ client, controller, apart, login }: BrokerPorts): Listener[] {
  const between = apart ? [{ name: 'BROKER', port: apart.between, advertised: apart.between }] : [];
  return [
    { name: 'CLIENT', port: client, advertised: apart?.advertised ?? client },
    ...between,
    ...(login ? loginListeners(login) : []),
    { name: 'CONTROLLER', port: controller },
  ];
}

/** Who is let in by SASL, and with which certificate over TLS. */
export interface BrokerLogin {
  user: string;
  password: string;
  /** PEM of the key and its certificate. */
  keyFile: string;
}

function loginSettings({ user, password, keyFile }: BrokerLogin): Record<string, string> {
  const quoted = password.replaceAll(/["\\]/g, '\\$&');
  const security = 'org.apache.kafka.common.security';
  const plain = `${security}.plain.PlainLoginModule required user_${user}="${quoted}";`;
  const scram = `${security}.scram.ScramLoginModule required;`;
  const jaas = Object.entries({ plain, 'scram-sha-256': scram, 'scram-sha-512': scram });
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    ...Object.fromEntries(
      ['login', 'logintls'].flatMap((listener) =>
        jaas.map(([mechanism, config]) => [`listener.name.${listener}.${mechanism}.sasl.jaas.config`, config]),
      ),
    ),
    'listener.name.logintls.ssl.keystore.type': 'PEM',
    'listener.name.logintls.ssl.keystore.location': keyFile,
  };
}

/** The settings of one node that is broker and controller at once; `nodes` has the ports of all, by node id from 1. */
export function brokerProperties(
  nodeId: number,
  nodes: readonly BrokerPorts[],
  dataFolder: string,
  login?: BrokerLogin,
): string {
  const own = nodes[nodeId - 1];
  if (!own) throw new RangeError(`there is no node ${nodeId}`);
  const copies = nodes.length;
  const inSync = Math.min(2, copies);
  const listeners = listenersOf(own);
  const advertised = listeners.flatMap(({ name, advertised }) =>
    advertised === undefined ? [] : [`${name}://127.0.0.1:${advertised}`],
  );
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    'controller.quorum.voters': nodes.map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`).join(','),
    listeners: listeners.map(({ name, port }) => `${name}://127.0.0.1:${port}`).join(','),
    'advertised.listeners': advertised.join(','),
    'listener.security.protocol.map': listeners
      .map(({ name, protocol = 'PLAINTEXT' }) => `${name}:${protocol}`)
      .join(','),
    'inter.broker.listener.name': own.apart ? 'BROKER' : 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'num.partitions': 3,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 6,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 6,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': 3,
    'group.initial.rebalance.delay.ms': 0,
    // A broker that died or hangs is known within seconds; until then its successor is not let in either.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 4_000,
    'replica.lag.time.max.ms': 10_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    'log.segment.bytes': 16_777_216,
    'log.index.size.max.bytes': 1_048_576,
    ...(login && loginSettings(login)),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  // In a properties file a backslash begins an escape.
  return `${lines.join('\n').replaceAll('\\', '\\\\')}\n`;
}
