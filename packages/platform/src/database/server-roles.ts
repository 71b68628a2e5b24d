import type { Logger } from '../telemetry/create-logger.ts';
import type { DatabaseConfig } from './database-config.ts';
import { type Endpoint, isSameEndpoint } from './endpoint.ts';
import { NoPrimaryError } from './no-primary-error.ts';
import { probeServer } from './probe-server.ts';
import type { ServerFacts } from './server-facts.ts';

/** Which of the two servers of the configuration is the primary now; they change roles when one is lost. */
export interface ServerRoles {
  /**
   * Where writes go. While that is in doubt, all who ask wait for one look at both.
   * @throws NoPrimaryError when neither takes writes
   */
  findPrimary(): Promise<Endpoint>;
  /** Whether a connection to there may be written to, as far as is known. */
  isPrimary(endpoint: Endpoint): boolean;
  /** Where reads go that may be a little old: the server that is not the primary, where there are two. */
  readonly replica: Endpoint;
  /** A new connection found that it takes writes. */
  confirm(endpoint: Endpoint): void;
  /** It could not be connected to: the next connection looks first, and those that are open go on. */
  suspect(endpoint: Endpoint): void;
  /** It said that it is read-only: no connection to it is used for writing any more. */
  demote(endpoint: Endpoint): void;
  /** The same of the server that is taken for the primary. */
  demotePrimary(): void;
}

/** For so long after a look that found nobody nobody looks. */
const restMs = 250;

type Probe = (endpoint: Endpoint) => Promise<ServerFacts>;

export interface ServerRolesOptions {
  readonly config: DatabaseConfig;
  readonly log: Logger;
  /** Asks a server who it is, on a connection of its own; in tests, something quicker. */
  readonly probe?: Probe;
  /** Milliseconds of any steady clock. */
  readonly now?: () => number;
}

/** DB_HOST is the first guess, and the place that decides where both addresses lead to the same server. */
export function createServerRoles(options: ServerRolesOptions): ServerRoles {
  const { config, log, now = () => performance.now() } = options;
  const probe = options.probe ?? ((endpoint: Endpoint) => probeServer(config, endpoint));
  const candidates = candidatesOf(config);
  const [first] = candidates;
  let primary = first;
  let confirmed = false;
  let demoted = false;
  // A process may be started long after the roles have changed: with two servers it looks before it believes.
  let inDoubt = candidates.length > 1;
  let looking: Promise<Endpoint> | undefined;
  let failed: { readonly error: NoPrimaryError; readonly untilMs: number } | undefined;

  const look = async (): Promise<Endpoint> => {
    const asked = candidates.map((endpoint) => lookAt(endpoint, probe));
    // One that was written to before and still takes writes stays the primary: the other is not waited for.
    const trusted = confirmed
      ? await asked[candidates.findIndex((endpoint) => isSameEndpoint(endpoint, primary))]
      : undefined;
    if (trusted?.facts?.writable) return trusted.endpoint;
    const looks = await Promise.all(asked);
    const writable = looks.flatMap(({ endpoint, facts }) => (facts?.writable ? [{ endpoint, uuid: facts.uuid }] : []));
    const [best] = writable;
    if (best === undefined) throw new NoPrimaryError(`no server takes writes: ${looks.map(said).join('; ')}`);
    if (writable.every(({ uuid }) => uuid === best.uuid)) return best.endpoint;
    log.error({ servers: writable }, 'two servers take writes, and there must be one');
    throw new NoPrimaryError('two servers take writes, and nobody says which one should');
  };

  const settle = async (): Promise<Endpoint> => {
    try {
      const found = await look();
      if (!isSameEndpoint(found, primary)) log.warn({ ...found }, 'writes go to another server from now on');
      primary = found;
      inDoubt = false;
      demoted = false;
      return found;
    } catch (error) {
      if (error instanceof NoPrimaryError) failed = { error, untilMs: now() + restMs };
      throw error;
    } finally {
      looking = undefined;
    }
  };

  const demotePrimary = () => {
    demoted = true;
    inDoubt = candidates.length > 1;
  };

  return {
    async findPrimary() {
      if (!inDoubt) return primary;
      if (looking === undefined && failed !== undefined && now() < failed.untilMs) throw failed.error;
      looking ??= settle();
      return looking;
    },
    isPrimary: (endpoint) => !demoted && isSameEndpoint(endpoint, primary),
    get replica() {
      return candidates.find((endpoint) => !isSameEndpoint(endpoint, primary)) ?? first;
    },
    confirm(endpoint) {
      if (!isSameEndpoint(endpoint, primary)) return;
      confirmed = true;
      demoted = false;
    },
    suspect(endpoint) {
      if (isSameEndpoint(endpoint, primary)) inDoubt = candidates.length > 1;
    },
    demote(endpoint) {
      if (isSameEndpoint(endpoint, primary)) demotePrimary();
    },
    demotePrimary,
  };
}

function candidatesOf(config: DatabaseConfig): readonly [Endpoint, ...Endpoint[]] {
  const first = { host: config.DB_HOST, port: config.DB_PORT };
  if (config.DB_REPLICA_HOST === undefined) return [first];
  const other = { host: config.DB_REPLICA_HOST, port: config.DB_REPLICA_PORT ?? config.DB_PORT };
  return isSameEndpoint(first, other) ? [first] : [first, other];
}

interface Look {
  readonly endpoint: Endpoint;
  readonly facts?: ServerFacts;
  readonly why?: string;
}

async function lookAt(endpoint: Endpoint, probe: Probe): Promise<Look> {
  try {
    return { endpoint, facts: await probe(endpoint) };
  } catch (error) {
    return {
      endpoint,
      why: error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error),
    };
  }
}

const said = ({ endpoint, why = 'read-only' }: Look): string => `${endpoint.host}:${endpoint.port}: ${why}`;
