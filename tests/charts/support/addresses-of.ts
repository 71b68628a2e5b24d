/** An address that a process will call, and the variable that says so. */
export interface Address {
  readonly variable: string;
  readonly host: string;
  readonly port: number;
}

type Values = Readonly<Record<string, string>>;

const urls = [
  'JWKS_URL',
  'REDIS_LOCK_URL',
  'REDIS_CACHE_URL',
  'AUDIT_REDIS_CACHE_URL',
  'DATA_PLATFORM_URL',
  'AUDIT_DATA_PLATFORM_URL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'SMOKE_URL',
];
const hosts = ['DB', 'DB_REPLICA', 'PROVISION_MYSQL', 'AUDIT_AUTH', 'AUDIT_COMMERCE', 'SEED_AUTH', 'SEED_COMMERCE'];
const brokerLists = ['KAFKA_BROKERS', 'AUDIT_KAFKA_BROKERS'];
const defaultPorts: Values = { 'http:': '80', 'https:': '443', 'redis:': '6379', 'rediss:': '6379' };

/** Every address that an environment names. */
export function addressesOf(values: Values): Address[] {
  return [
    ...urls.flatMap((variable) => (values[variable] ? [ofUrl(variable, values[variable])] : [])),
    ...hosts.flatMap((prefix) => {
      const host = values[`${prefix}_HOST`];
      return host ? [{ variable: `${prefix}_HOST`, host, port: Number(values[`${prefix}_PORT`] ?? 3306) }] : [];
    }),
    ...brokerLists.flatMap((variable) =>
      (values[variable] ?? '')
        .split(',')
        .filter(Boolean)
        .map((broker) => ofUrl(variable, `kafka://${broker}`)),
    ),
    ...upstreamsOf(values.GATEWAY_UPSTREAMS),
    ...serversOf(values.FAILOVER_SERVERS),
  ];
}

function upstreamsOf(json: string | undefined): Address[] {
  if (!json) return [];
  const found: Address[] = [];
  JSON.parse(json, (key, value: unknown) => {
    if ((key === 'url' || key === 'health') && typeof value === 'string') found.push(ofUrl('GATEWAY_UPSTREAMS', value));
    return value;
  });
  return found;
}

/** The third server is there only where three are installed. */
function serversOf(list = ''): Address[] {
  const servers = list.split(',').filter(Boolean).slice(0, 2);
  return servers.map((server) => ofUrl('FAILOVER_SERVERS', `mysql://${server.split('=')[1]}`));
}

function ofUrl(variable: string, url: string): Address {
  const { protocol, hostname, port } = new URL(url);
  return { variable, host: hostname, port: Number(port || defaultPorts[protocol]) };
}
