import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Pool } from './open-pool.ts';
import { selectRows } from './statements.ts';

const everyMs = 5000;

/**
 * Tells whether the primary still waits for a replica before it acknowledges a commit. Servers that lack the
 * plugin have no such gauge.
 */
export function watchSemisync(
  pool: Pool,
  options: { readonly log: Logger; readonly metrics: Registry },
): { stop(): void } {
  let gauge: Gauge | undefined;
  let degraded: boolean | undefined;
  const look = async () => {
    const rows = await selectRows<{ Value: string }>(
      pool.sequelize,
      `SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_status'`,
      undefined,
    );
    const status = rows[0]?.Value;
    if (status === undefined) return;
    gauge ??= new Gauge({
      name: 'db_semisync_degraded',
      help: '1 while commits are acknowledged without a replica having them',
      registers: [options.metrics],
    });
    gauge.set(status === 'ON' ? 0 : 1);
    if (degraded !== undefined && degraded !== (status !== 'ON')) {
      options.log.warn({ semisync: status }, 'semi-synchronous replication changed');
    }
    degraded = status !== 'ON';
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => options.log.debug({ err: error }, 'the primary was not asked about semisync'));
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
