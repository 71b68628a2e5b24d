import { Pool } from 'undici';

/** How an instance is reached. */
export interface InstanceAddress {
  /** Origin of its HTTP port. */
  url: string;
  /**
   * Its readiness check, on the management port. Without one the address is that of a Kubernetes Service, or of
   * another balancer that passes connections on to those that are ready: it is always believed to be up.
   */
  health?: string | undefined;
}

export interface PoolLimits {
  connections: number;
  connectTimeoutMs: number;
  /** How long a response may stand still once it has begun. */
  stallTimeoutMs: number;
  /** How long a connection is used for new requests; unless given, as {@link createInstance} says. 0: for good. */
  connectionTtlMs?: number | undefined;
}

// A balancer chooses anew only when there is a new connection: so new instances get their share in this time.
const BALANCED_TTL_MS = 10_000;
/**
 * Behind a balancer an instance that leaves tells nobody but those that ask it something. A connection that was idle
 * for so long could be closed by it at the moment when the next request is sent: it is closed first, well within the
 * time for which an instance goes on answering after it is no longer chosen.
 */
const BALANCED_IDLE_MS = 2_000;

/** One process of a service, and what the gateway knows of it. */
export interface Instance extends InstanceAddress {
  readonly pool: Pool;
  /** Requests it is working on for this gateway. */
  inFlight: number;
  /** Requests in the pool's queue, also those of which nobody wants an answer any more. */
  queued: number;
  up: boolean;
  /** Health checks in a row that got no answer in time. */
  missedChecks: number;
}

/**
 * An instance, believed to be up until something says otherwise. Connections behind a balancer are used for ten seconds
 * unless told, others for good; requests that are under way are finished.
 */
export function createInstance(address: InstanceAddress, limits: PoolLimits): Instance {
  const balanced = address.health === undefined;
  const ttlMs = limits.connectionTtlMs ?? (balanced ? BALANCED_TTL_MS : 0);
  const idleMs = ttlMs > 0 ? Math.min(BALANCED_IDLE_MS, ttlMs) : BALANCED_IDLE_MS;
  const pool = new Pool(address.url, {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectTimeoutMs },
    // The wait for an answer is limited by the exchange as a whole, over all its attempts.
    headersTimeout: 0,
    bodyTimeout: limits.stallTimeoutMs,
    // Unless the service says how long it keeps idle connections: below the five seconds of Node's servers, so that
    // no request meets a connection that is being closed.
    keepAliveTimeout: balanced ? idleMs : 4_000,
    keepAliveMaxTimeout: balanced ? idleMs : 60_000,
    clientTtl: ttlMs,
  });
  return { ...address, pool, inFlight: 0, queued: 0, up: true, missedChecks: 0 };
}
