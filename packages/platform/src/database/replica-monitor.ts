import { setTimeout as delay } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Pool } from './open-pool.ts';
import { selectRows } from './statements.ts';

export interface ReplicaMonitor {
  /** Seconds the replica is behind as of the last look; undefined when it is away or does not replicate. */
  lagSeconds(): Promise<number | undefined>;
  stop(): void;
}

const everyMs = 1000;

/**
 * Looks at the replica once a second, so that reads need not. The first look is awaited by whoever asks first.
 * Seconds_Behind_Source is NULL when either replication thread is not running.
 */
export function watchReplica(
  pool: Pool,
  options: { readonly log: Logger; readonly metrics: Registry },
): ReplicaMonitor {
  const gauge = new Gauge({
    name: 'db_replica_lag_seconds',
    help: 'How far the replica is behind the primary; NaN when it is away or does not replicate',
    registers: [options.metrics],
  });
  const stopped = new AbortController();
  let lag: number | undefined;
  let usable: boolean | undefined;

  const look = async () => {
    const status = await selectRows<{ Seconds_Behind_Source: number | null }>(
      pool.sequelize,
      'SHOW REPLICA STATUS',
      undefined,
    ).catch(() => []);
    lag = status[0]?.Seconds_Behind_Source ?? undefined;
    gauge.set(lag ?? Number.NaN);
    if (usable !== (lag !== undefined) && !stopped.signal.aborted) {
      usable = lag !== undefined;
      if (usable) options.log.info({ lagSeconds: lag }, 'the replica replicates');
      else options.log.warn('the replica is away or does not replicate');
    }
  };
  const first = look();
  const loop = async () => {
    await first;
    while (!stopped.signal.aborted) {
      await delay(everyMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (!stopped.signal.aborted) await look();
    }
  };
  const running = loop();
  running.catch((error: unknown) => options.log.error({ err: error }, 'the replica is no longer watched'));
  return {
    async lagSeconds() {
      await first;
      return lag;
    },
    stop: () => stopped.abort(),
  };
}
