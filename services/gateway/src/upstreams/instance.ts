import { Pool } from 'undici';

/** How an instance is reached. */
export interface InstanceAddress {
  /** Origin of its HTTP port. */
  url: string;
  /** Its readiness check, on the management port. */
  health: string;
}

export interface PoolLimits {
  connections: number;
  connectTimeoutMs: number;
  /** How long a response may stand still once it has begun. */
  stallTimeoutMs: number;
}

/** One process of a service, and what the gateway knows of it. */
export interface Instance extends InstanceAddress {
  readonly pool: Pool;
  /** Requests it is working on for this gateway. */
  inFlight: number;
  up: boolean;
  /** Health checks in a row that got no answer in time. */
  missedChecks: number;
}

/** An instance, believed to be up until something says otherwise. */
export function createInstance(address: InstanceAddress, limits: PoolLimits): Instance {
  const pool = new Pool(address.url, {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectTimeoutMs },
    // The wait for an answer is limited by the exchange as a whole, over all its attempts.
    headersTimeout: 0,
    bodyTimeout: limits.stallTimeoutMs,
    // Unless the service says how long it keeps idle connections: below the five seconds of Node's servers, so that
    // no request meets a connection that is being closed.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 60_000,
  });
  return { ...address, pool, inFlight: 0, up: true, missedChecks: 0 };
}
