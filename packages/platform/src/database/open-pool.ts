import { readFileSync } from 'node:fs';
import type { Connection, ConnectionOptions } from 'mysql2';
import mysql2 from 'mysql2';
import { type Options, Sequelize } from 'sequelize';
import { type ConnectionWatch, watchConnection } from './connection-watch.ts';
import type { DatabaseConfig } from './database-config.ts';
import { databaseFailureOf } from './database-failure.ts';
import type { Endpoint } from './endpoint.ts';
import type { PoolTarget } from './pool-target.ts';
import { isSound } from './sequelize-connection.ts';
import { idleSeconds, runOn, sessionSettings } from './session-settings.ts';

export interface Pool {
  readonly sequelize: Sequelize;
  /** What is known about a connection of this pool. */
  watchOf(connection: unknown): ConnectionWatch | undefined;
}

export interface PoolOptions {
  readonly config: DatabaseConfig;
  readonly target: PoolTarget;
  readonly user?: { readonly name: string; readonly password: string };
  readonly size: number;
  readonly statementTimeoutMs: number;
  /** How long the server keeps an idle session; by default a little above the transaction's budget. */
  readonly idleSeconds?: number;
}

/**
 * A pool of connections to one server at a time, which may be another one later. Connections are made when needed and
 * given up before the server does.
 */
export function openPool(options: PoolOptions): Pool {
  const { config, target } = options;
  const watches = new WeakMap<object, ConnectionWatch>();
  const endpoints = new WeakMap<object, Endpoint>();
  const keptSeconds = options.idleSeconds ?? idleSeconds(config);
  const settings = sessionSettings({
    lockWaitSeconds: config.DB_LOCK_WAIT_SECONDS,
    idleSeconds: keptSeconds,
    selectTimeoutMs: options.statementTimeoutMs,
  });
  const settingsOfPool: Options & { databaseVersion: string; keepDefaultTimezone: boolean } = {
    dialect: 'mysql',
    // Sequelize would otherwise load the driver by its name, past the tracing hook of ES modules.
    dialectModule: {
      createConnection: (given: ConnectionOptions) => {
        const connection = mysql2.createConnection(given);
        // Sequelize has the port as text.
        const endpoint = { host: given.host ?? config.DB_HOST, port: Number(given.port ?? config.DB_PORT) };
        endpoints.set(connection, endpoint);
        connection.once('error', () => target.failed(endpoint));
        return connection;
      },
    },
    // Given, so that Sequelize does not open a connection only to ask for it.
    databaseVersion: '8.0.0',
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
      validate: (connection: object) => {
        const endpoint = endpoints.get(connection);
        return isSound(sequelize, connection) && endpoint !== undefined && target.suits(endpoint);
      },
    },
    hooks: {
      beforeConnect: async (connecting) => {
        const { host, port } = await target.next();
        connecting.host = host;
        connecting.port = String(port);
      },
      afterConnect: async (connection: unknown) => {
        if (!isConnection(connection)) throw new Error('the driver gave something that is not a connection');
        const endpoint = endpoints.get(connection);
        if (endpoint === undefined) throw new Error('the connection was not made here');
        const watch = watchConnection(connection, {
          statementTimeoutMs: options.statementTimeoutMs,
          dooms: (error) => databaseFailureOf(error) !== undefined,
          onError: (error) => {
            if (databaseFailureOf(error) === 'read-only') target.refused(endpoint);
          },
        });
        watches.set(connection, watch);
        try {
          await runOn(connection, settings);
          await target.opened(connection, endpoint);
        } catch (error) {
          connection.destroy();
          throw error;
        }
      },
    },
  };
  const sequelize = new Sequelize(settingsOfPool);
  return {
    sequelize,
    watchOf: (connection) => (isConnection(connection) ? watches.get(connection) : undefined),
  };
}

function isConnection(value: unknown): value is Connection {
  return typeof value === 'object' && value !== null && 'query' in value && 'execute' in value && 'destroy' in value;
}
