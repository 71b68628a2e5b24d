import type { DatabaseConfig } from './database-config.ts';
import type { GtidTracking } from './gtid-tracking.ts';
import { openPool, type Pool } from './open-pool.ts';
import { primaryTarget, replicaTarget } from './pool-target.ts';
import type { ServerRoles } from './server-roles.ts';

export interface Pools {
  /** Transactions, and looks at the primary before them. */
  readonly writer: Pool;
  /** Reads that the replica cannot serve, or all reads when there is none. */
  readonly fallback: Pool;
  readonly replica: { readonly reader: Pool; readonly monitor: Pool } | undefined;
  close(): Promise<void>;
}

/** How long the look at the replica's state may take before the replica counts as away. */
const monitorTimeoutMs = 1000;

/** Long enough for any change of a table that one would make while the platform runs. */
const migrationTimeoutMs = 600_000;

/** The pools of one service; apart from each other, so that no kind of work takes another's connections. */
export function openPools(config: DatabaseConfig, roles: ServerRoles, tracking: GtidTracking): Pools {
  const target = primaryTarget(roles, tracking);
  const writer = openPool({
    config,
    target,
    size: config.DB_POOL_SIZE,
    statementTimeoutMs: config.DB_STATEMENT_TIMEOUT_MS,
  });
  const hasReplica = config.DB_REPLICA_HOST !== undefined;
  const fallback = openPool({
    config,
    target,
    size: hasReplica ? config.DB_FALLBACK_LIMIT : config.DB_POOL_SIZE,
    statementTimeoutMs: config.DB_STATEMENT_TIMEOUT_MS,
  });
  const replica = hasReplica ? openReplicaPools(config, roles) : undefined;
  const all = [writer, fallback, ...(replica === undefined ? [] : [replica.reader, replica.monitor])];
  return {
    writer,
    fallback,
    replica,
    close: async () => {
      await Promise.all(all.map((pool) => pool.sequelize.close()));
    },
  };
}

function openReplicaPools(config: DatabaseConfig, roles: ServerRoles) {
  const target = replicaTarget(roles);
  return {
    reader: openPool({
      config,
      target,
      size: config.DB_POOL_SIZE,
      statementTimeoutMs: config.DB_REPLICA_TIMEOUT_MS,
    }),
    monitor: openPool({
      config: { ...config, DB_CONNECT_TIMEOUT_MS: monitorTimeoutMs, DB_ACQUIRE_TIMEOUT_MS: monitorTimeoutMs },
      target,
      size: 1,
      statementTimeoutMs: monitorTimeoutMs,
    }),
  };
}

/** One connection with the rights to change tables; it outlives long pauses, since it holds the migrations' lock. */
export function openMigrationPool(config: DatabaseConfig, roles: ServerRoles): Pool {
  return openPool({
    config,
    target: primaryTarget(roles),
    ...(config.DB_MIGRATION_USER === undefined
      ? {}
      : { user: { name: config.DB_MIGRATION_USER, password: config.DB_MIGRATION_PASSWORD ?? '' } }),
    size: 1,
    statementTimeoutMs: migrationTimeoutMs,
    idleSeconds: 3600,
  });
}
