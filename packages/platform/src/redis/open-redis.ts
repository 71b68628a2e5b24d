import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { Logger } from '../telemetry/create-logger.ts';

export interface RedisOptions {
  readonly url: string;
  /** Counts instead of the one in the address. */
  readonly password?: string | undefined;
  /** Shown by the server in CLIENT LIST. */
  readonly name: string;
  readonly log: Logger;
  readonly caFile?: string | undefined;
  /** How long a command may take; 500 ms unless given. */
  readonly commandTimeoutMs?: number;
}

const longestPauseMs = 1000;

/** Connects in the background; until it has, and whenever the server is away, commands fail at once. */
export function openRedis({ url, password, name, log, caFile, commandTimeoutMs = 500 }: RedisOptions): Redis {
  const redis = new Redis(password === undefined ? url : withPassword(url, password), {
    connectionName: name,
    connectTimeout: 1000,
    commandTimeout: commandTimeoutMs,
    // A command that waits for a reconnect would come too late for whoever sent it, and might then run twice.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Commands piped together automatically are recorded under each other's trace.
    enableAutoPipelining: false,
    retryStrategy: (attempt) => Math.min(longestPauseMs, 25 * 2 ** Math.min(attempt, 10)),
    // A deposed primary answers READONLY: the address may lead elsewhere by now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    ...(caFile === undefined ? {} : { tls: { ca: readFileSync(caFile, 'utf8') } }),
  });
  let away = false;
  let reason: string | undefined;
  redis.on('error', (error: Error) => {
    // The error of several addresses that were tried has no message of its own.
    reason = error.message || String(Reflect.get(error, 'code'));
    // The message alone: the refusal of a password carries the command, and the password in it.
    log.debug({ redis: name, reason }, 'redis connection error');
  });
  // Not when it closes: that is also how it ends when whoever opened it is done.
  redis.on('reconnecting', () => {
    if (!away) log.warn({ redis: name, reason }, 'redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({ redis: name }, 'redis is back');
    away = false;
    reason = undefined;
  });
  return redis;
}

function withPassword(url: string, password: string): string {
  const own = new URL(url);
  own.password = encodeURIComponent(password);
  return own.href;
}
