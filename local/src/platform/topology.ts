import type { SchemaAccess } from '@onsale/local-servers';
import type { InventoryEntry } from '../../../services/inventory.ts';
import { type Instance, managementUrlOf, urlOf } from './instance.ts';

export type Environment = Readonly<Record<string, string>>;

/** Where the servers are, and what a service needs to reach them. */
export interface Backing {
  readonly mysql: { readonly primaryPort: number; readonly replicaPort: number; readonly caFile: string };
  readonly schemas: Readonly<Record<NonNullable<InventoryEntry['schema']>, SchemaAccess>>;
  readonly redisPort: number;
  readonly brokers: readonly string[];
  readonly signingKeysFile: string;
  /** What the external data platform knows its callers by. */
  readonly dataPlatformKey: string;
}

const memoryFlags = ['--max-semi-space-size=8', '--max-old-space-size=256'];

/** What Node is started with for a service: the heap is kept small, for a dozen of them share one machine. */
export function serviceArguments(service: string): string[] {
  return [
    '--disable-warning=ExperimentalWarning',
    ...memoryFlags,
    '--import',
    '@onsale/platform/register',
    `services/${service}/src/main.ts`,
  ];
}

function databaseOf(schema: SchemaAccess, { mysql }: Backing): Environment {
  return {
    DB_HOST: '127.0.0.1',
    DB_PORT: String(mysql.primaryPort),
    DB_REPLICA_HOST: '127.0.0.1',
    DB_REPLICA_PORT: String(mysql.replicaPort),
    DB_CA_FILE: mysql.caFile,
    DB_NAME: schema.database,
    DB_USER: schema.app.user,
    DB_PASSWORD: schema.app.password,
    DB_MIGRATION_USER: schema.migration.user,
    DB_MIGRATION_PASSWORD: schema.migration.password,
  };
}

/** The gateway's routes of one service. */
export const gatewayRoutesOf = ({ name: service, guarded = [], open = [], byAddress = [] }: InventoryEntry) => [
  ...guarded.map((prefix) => ({ prefix, service, anonymous: false, limit: 'user' })),
  ...open.map((prefix) => ({ prefix, service, anonymous: true, limit: 'user' })),
  ...byAddress.map((prefix) => ({ prefix, service, anonymous: true, limit: 'address' })),
];

function gatewayOf(inventory: readonly InventoryEntry[], instances: readonly Instance[]): Environment {
  const routes = inventory.flatMap(gatewayRoutesOf);
  const upstreamsOf = (name: string) =>
    instances
      .filter(({ service }) => service === name)
      .map((instance) => ({ url: urlOf(instance), health: `${managementUrlOf(instance)}/readyz` }));
  const routed = [...new Set(routes.map(({ service }) => service))];
  return {
    GATEWAY_ROUTES: JSON.stringify(routes),
    GATEWAY_UPSTREAMS: JSON.stringify(Object.fromEntries(routed.map((name) => [name, upstreamsOf(name)]))),
  };
}

interface Topology {
  readonly inventory: readonly InventoryEntry[];
  readonly instances: readonly Instance[];
  readonly backing: Backing;
}

/** What the platform's own services share; the data platform stands for somebody else's and has none of it. */
function sharedOf({ instances, backing }: Topology): Environment {
  const auth = instances.find(({ service }) => service === 'auth');
  const redis = `redis://127.0.0.1:${backing.redisPort}`;
  return {
    REDIS_LOCK_URL: redis,
    REDIS_CACHE_URL: redis,
    KAFKA_BROKERS: backing.brokers.join(','),
    ...(auth && { JWKS_URL: `${urlOf(auth)}/.well-known/jwks.json` }),
  };
}

/** What a service alone is told. */
function ownOf({ service }: Instance, { inventory, instances, backing }: Topology): Environment {
  const dataPlatform = instances.find((instance) => instance.service === 'data-platform');
  switch (service) {
    case 'auth':
      return { AUTH_SIGNING_KEYS_FILE: backing.signingKeysFile };
    case 'gateway':
      return gatewayOf(inventory, instances);
    case 'order':
      return dataPlatform ? { DATA_PLATFORM_URL: urlOf(dataPlatform), DATA_PLATFORM_KEY: backing.dataPlatformKey } : {};
    case 'data-platform':
      return { DATA_PLATFORM_KEY: backing.dataPlatformKey, DATA_PLATFORM_FAULTS: 'allowed' };
    default:
      return {};
  }
}

/** The environment of one instance: all that a service is told about the others is told here. */
export function environmentOf(instance: Instance, topology: Topology): Environment {
  const { inventory, backing } = topology;
  const entry = inventory.find(({ name }) => name === instance.service);
  return {
    NODE_ENV: 'production',
    OTEL_SERVICE_NAME: instance.service,
    HTTP_PORT: String(instance.port),
    MANAGEMENT_PORT: String(instance.managementPort),
    ...(instance.service !== 'data-platform' && sharedOf(topology)),
    ...(entry?.schema && databaseOf(backing.schemas[entry.schema], backing)),
    ...ownOf(instance, topology),
  };
}
