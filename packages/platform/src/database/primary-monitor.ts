import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Pool } from './open-pool.ts';
import type { ServerRoles } from './server-roles.ts';
import { selectRows } from './statements.ts';

const everyMs = 2000;

export interface PrimaryMonitorOptions {
  readonly roles: Pick<ServerRoles, 'demotePrimary'>;
  readonly log: Logger;
  readonly metrics: Registry;
}

/**
 * Looks whether the primary still is one, since work that changes nothing would not meet a refusal and go on deciding
 * on what a deposed server has. Tells too whether it still waits for a replica before it acknowledges a commit; servers
 * that lack the plugin have no such gauge.
 */
export function watchPrimary(pool: Pool, { roles, log, metrics }: PrimaryMonitorOptions): { stop(): void } {
  let gauge: Gauge | undefined;
  let degraded: boolean | undefined;
  const lookAtRole = async () => {
    const [row] = await selectRows<{ readOnly: number }>(
      pool.sequelize,
      'SELECT @@GLOBAL.read_only AS readOnly',
      undefined,
    );
    if (row?.readOnly === 1) roles.demotePrimary();
  };
  const lookAtSemisync = async () => {
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
      registers: [metrics],
    });
    gauge.set(status === 'ON' ? 0 : 1);
    if (degraded !== undefined && degraded !== (status !== 'ON')) {
      log.warn({ semisync: status }, 'semi-synchronous replication changed');
    }
    degraded = status !== 'ON';
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    lookAtRole()
      .then(lookAtSemisync)
      .catch((error: unknown) => log.debug({ err: error }, 'the primary was not looked at'))
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
