import type { Connection } from 'mysql2';
import { type Endpoint, isSameEndpoint } from './endpoint.ts';
import type { GtidTracking } from './gtid-tracking.ts';
import { NoPrimaryError } from './no-primary-error.ts';
import { askServer } from './server-facts.ts';
import type { ServerRoles } from './server-roles.ts';

/** Which server the connections of a pool go to. */
export interface PoolTarget {
  /** Where the next connection goes. @throws NoPrimaryError */
  next(): Promise<Endpoint>;
  /** Whether a connection to there may still be used. */
  suits(endpoint: Endpoint): boolean;
  /** Prepares a new connection. @throws NoPrimaryError when its server is not the one that it should be */
  opened(connection: Connection, endpoint: Endpoint): Promise<void>;
  /** A connection could not be made. */
  failed(endpoint: Endpoint): void;
  /** A statement was refused because the server is read-only. */
  refused(endpoint: Endpoint): void;
}

/** The server that takes writes; one that does not is not used, whatever it was before. */
export function primaryTarget(roles: ServerRoles, tracking?: GtidTracking): PoolTarget {
  return {
    next: () => roles.findPrimary(),
    suits: (endpoint) => roles.isPrimary(endpoint),
    async opened(connection, endpoint) {
      const facts = await askServer(connection);
      if (!facts.writable) {
        roles.demote(endpoint);
        throw new NoPrimaryError(`${endpoint.host}:${endpoint.port} is read-only`);
      }
      roles.confirm(endpoint);
      await tracking?.begin(connection, facts);
    },
    failed: (endpoint) => roles.suspect(endpoint),
    refused: (endpoint) => roles.demote(endpoint),
  };
}

/** The server that is not the primary, whichever that is. */
export function replicaTarget(roles: ServerRoles): PoolTarget {
  return {
    next: async () => roles.replica,
    suits: (endpoint) => isSameEndpoint(endpoint, roles.replica),
    opened: async () => undefined,
    failed: () => undefined,
    refused: () => undefined,
  };
}
