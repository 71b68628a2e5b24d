import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reservePorts, type WantedPort } from './reserve-ports.ts';

export interface ServerPortWishes {
  mysql: { replica: boolean } | undefined;
  redis: number;
  brokers: number;
  /** Whether brokers talk to each other on a port apart. */
  betweenBrokers: boolean;
  /** Whether brokers have ports that ask for a login. */
  brokerLogin: boolean;
  fixed: { mysqlPrimary?: number; mysqlReplica?: number; redis?: number; kafka?: readonly number[] };
}

export interface ReservedBroker {
  client: number;
  controller: number;
  between?: number;
  login?: { plain: number; tls: number };
}

export interface ServerPortPlan {
  mysql?: { primary: number; replica?: number };
  redis: number[];
  /** Per broker: where clients connect, where the controllers talk, and where the brokers do when on a port apart. */
  brokers: ReservedBroker[];
  release(): Promise<void>;
}

function remembered(file: string): Map<string, number> {
  try {
    const ports: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof ports !== 'object' || ports === null) return new Map();
    return new Map(Object.entries(ports).filter((entry): entry is [string, number] => Number.isInteger(entry[1])));
  } catch {
    return new Map();
  }
}

const count = <T>(amount: number, make: (index: number) => T) =>
  Array.from({ length: amount }, (_, index) => make(index));

/** Reserves a port for every server: the given one, else the one of the last time, else a free one. */
export async function reserveServerPorts(dataFolder: string, wishes: ServerPortWishes): Promise<ServerPortPlan> {
  const file = join(dataFolder, 'ports.json');
  const before = remembered(file);
  const wanted: WantedPort[] = [];
  const want = (name: string, fixed?: number) => {
    const last = before.get(name);
    wanted.push({
      name,
      ...(fixed === undefined ? {} : { fixed }),
      ...(last === undefined ? {} : { remembered: last }),
    });
    return name;
  };
  const mysqlPrimary = wishes.mysql && want('MySQL primary', wishes.fixed.mysqlPrimary);
  const mysqlReplica = wishes.mysql?.replica && want('MySQL replica', wishes.fixed.mysqlReplica);
  const redis = count(wishes.redis, (index) =>
    want(`Redis ${index + 1}`, index === 0 ? wishes.fixed.redis : undefined),
  );
  const brokers = count(wishes.brokers, (index) => ({
    client: want(`Kafka ${index + 1}`, wishes.fixed.kafka?.[index]),
    controller: want(`Kafka controller ${index + 1}`),
    between: wishes.betweenBrokers ? want(`Kafka between brokers ${index + 1}`) : undefined,
    login: wishes.brokerLogin
      ? { plain: want(`Kafka login ${index + 1}`), tls: want(`Kafka login over TLS ${index + 1}`) }
      : undefined,
  }));
  const reserved = await reservePorts(wanted);
  const now = Object.fromEntries(wanted.map(({ name }) => [name, reserved.port(name)]));
  writeFileSync(file, JSON.stringify({ ...Object.fromEntries(before), ...now }, undefined, 2));
  const replica = mysqlReplica ? { replica: reserved.port(mysqlReplica) } : {};
  return {
    ...(mysqlPrimary ? { mysql: { primary: reserved.port(mysqlPrimary), ...replica } } : {}),
    redis: redis.map((name) => reserved.port(name)),
    brokers: brokers.map(({ client, controller, between, login }) => ({
      client: reserved.port(client),
      controller: reserved.port(controller),
      ...(between === undefined ? {} : { between: reserved.port(between) }),
      ...(login && { login: { plain: reserved.port(login.plain), tls: reserved.port(login.tls) } }),
    })),
    release: reserved.release,
  };
}
