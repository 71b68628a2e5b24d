import { readFileSync } from 'node:fs';
import type { Connection } from 'mysql2';
import mysql2 from 'mysql2';
import { type Options, Sequelize } from 'sequelize';
import { type ConnectionWatch, watchConnection } from './connection-watch.ts';
import type { DatabaseConfig } from './database-config.ts';
import { databaseFailureOf } from './database-failure.ts';
import { idleSeconds, runOn, sessionSettings } from './session-settings.ts';

export interface Pool {
  readonly sequelize: Sequelize;
  /** What is known about a connection of this pool. */
  watchOf(connection: unknown): ConnectionWatch | undefined;
}

export interface PoolOptions {
  readonly config: DatabaseConfig;
  readonly server: { readonly host: string; readonly port: number };
  readonly user?: { readonly name: string; readonly password: string };
  readonly size: number;
  readonly statementTimeoutMs: number;
  /** How long the server keeps an idle session; by default a little above the transaction's budget. */
  readonly idleSeconds?: number;
  readonly onConnect?: (connection: Connection) => Promise<void>;
}

/** A pool of connections to one server. Connections are made when needed and given up before the server does. */
export function openPool(options: PoolOptions): Pool {
  const { config, server } = options;
  const watches = new WeakMap<object, ConnectionWatch>();
  const keptSeconds = options.idleSeconds ?? idleSeconds(config);
  const settings = sessionSettings({
    lockWaitSeconds: config.DB_LOCK_WAIT_SECONDS,
    idleSeconds: keptSeconds,
    selectTimeoutMs: options.statementTimeoutMs,
  });
  const settingsOfPool: Options & { databaseVersion: string; keepDefaultTimezone: boolean } = {
    dialect: 'mysql',
    // Sequelize would otherwise load the driver by its name, past the tracing hook of ES modules.
    dialectModule: mysql2,
    // Given, so that Sequelize does not open a connection only to ask for it.
    databaseVersion: '8.0.0',
    host: server.host,
    port: server.port,
    database: config.DB_NAME,
    username: options.user?.name ?? config.DB_USER,
    password: options.user?.password ?? config.DB_PASSWORD,
    timezone: '+00:00',
    keepDefaultTimezone: true,
    logging: false,
    dialectOptions: {
      connectTimeout: config.DB_CONNECT_TIMEOUT_MS,
      ...(config.DB_CA_FILE === undefined ? {} : { ssl: { ca: readFileSync(config.DB_CA_FILE, 'utf8') } }),
    },
    pool: {
      min: 0,
      max: options.size,
      acquire: config.DB_ACQUIRE_TIMEOUT_MS,
      idle: Math.max(1000, (keptSeconds - 4) * 1000),
      evict: 1000,
    },
    hooks: {
      afterConnect: async (connection: unknown) => {
        if (!isConnection(connection)) throw new Error('the driver gave something that is not a connection');
        const watch = watchConnection(connection, {
          statementTimeoutMs: options.statementTimeoutMs,
          dooms: (error) => databaseFailureOf(error) !== undefined,
        });
        watches.set(connection, watch);
        try {
          await runOn(connection, settings);
          await options.onConnect?.(connection);
        } catch (error) {
          connection.destroy();
          throw error;
        }
      },
    },
  };
  return {
    sequelize: new Sequelize(settingsOfPool),
    watchOf: (connection) => (isConnection(connection) ? watches.get(connection) : undefined),
  };
}

function isConnection(value: unknown): value is Connection {
  return typeof value === 'object' && value !== null && 'query' in value && 'execute' in value && 'destroy' in value;
}
