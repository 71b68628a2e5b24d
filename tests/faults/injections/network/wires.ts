import type { Platform, StartPlatform } from '@onsale/local';
import { reservePorts } from '@onsale/local-servers/processes';
import { inventory } from '../../../../services/inventory.ts';
import { openWire, type Wire } from './wire.ts';

export type { Wire } from './wire.ts';

/** The wires between the services and what they stand on. Servers talk to each other without them. */
export interface Wires {
  /** To the server that is primary when the platform starts. */
  readonly mysqlPrimary: Wire;
  readonly mysqlReplica: Wire;
  readonly redis: Wire;
  /** From the order service to the data platform. */
  readonly dataPlatform: Wire;
  readonly brokers: readonly Wire[];
}

/** Wires that a platform is yet to be started on. */
export interface LaidWires {
  readonly wires: Wires;
  /** For startPlatform, so that every service goes through the wires. Its `env` is by service, to be joined with others. */
  readonly options: Required<Pick<StartPlatform, 'serverPorts' | 'advertisedBrokerPorts' | 'env'>>;
  /** Leads the one wire whose end was not known before the start, and gives back all of them. */
  connect(platform: Platform): Wires;
  close(): Promise<void>;
}

const brokerCount = 3;

/** Opens the wires and picks the servers' ports behind them. */
export async function layWires(): Promise<LaidWires> {
  const names = [
    'mysqlPrimary',
    'mysqlReplica',
    'redis',
    ...Array.from({ length: brokerCount }, (_, n) => `kafka-${n + 1}`),
  ];
  const ports = await reservePorts(names.map((name) => ({ name })));
  const open = async (name: string): Promise<Wire> => {
    const wire = await openWire(name);
    wire.connectTo(ports.port(name));
    return wire;
  };
  const [mysqlPrimary, mysqlReplica, redis, dataPlatform, ...brokers] = await Promise.all([
    open('mysqlPrimary'),
    open('mysqlReplica'),
    open('redis'),
    openWire('dataPlatform'),
    ...names.slice(3).map(open),
  ]);
  const wires: Wires = { mysqlPrimary, mysqlReplica, redis, dataPlatform, brokers };
  // Free for the servers, which hold them from their start on.
  await ports.release();
  return {
    wires,
    options: {
      serverPorts: {
        mysqlPrimary: ports.port('mysqlPrimary'),
        mysqlReplica: ports.port('mysqlReplica'),
        redis: ports.port('redis'),
        kafka: names.slice(3).map((name) => ports.port(name)),
      },
      advertisedBrokerPorts: brokers.map(({ port }) => port),
      env: environmentThrough(wires),
    },
    connect: (platform) => {
      dataPlatform.connectTo(Number(new URL(addressOf(platform, 'data-platform')).port));
      return wires;
    },
    close: async () => {
      await Promise.all([mysqlPrimary, mysqlReplica, redis, dataPlatform, ...brokers].map((wire) => wire.close()));
    },
  };
}

/** By service, the addresses that lead through the wires, over those of the topology. */
function environmentThrough({
  mysqlPrimary,
  mysqlReplica,
  redis,
  dataPlatform,
  brokers,
}: Wires): StartPlatform['env'] & {} {
  const database = { DB_PORT: String(mysqlPrimary.port), DB_REPLICA_PORT: String(mysqlReplica.port) };
  const redisUrl = `redis://127.0.0.1:${redis.port}`;
  // The data platform stands for somebody else's, who has a database too, and nothing else of ours.
  const shared = {
    REDIS_LOCK_URL: redisUrl,
    REDIS_CACHE_URL: redisUrl,
    KAFKA_BROKERS: brokers.map(({ port }) => `127.0.0.1:${port}`).join(','),
  };
  return Object.fromEntries(
    inventory.map(({ name, schema }) => [
      name,
      {
        ...(schema && database),
        ...(name !== 'data-platform' && shared),
        ...(name === 'order' && { DATA_PLATFORM_URL: `http://127.0.0.1:${dataPlatform.port}` }),
      },
    ]),
  );
}

function addressOf({ services }: Platform, name: string): string {
  const url = services[name]?.[0]?.url;
  if (url === undefined) throw new Error(`the platform has no ${name}`);
  return url;
}
