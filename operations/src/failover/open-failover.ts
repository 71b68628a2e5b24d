import { createAcknowledgedWrites, openLockRedis } from '@onsale/platform/redis';
import type { Logger } from '@onsale/platform/telemetry';
import type { Failover } from './failover.ts';
import type { FailoverConfig } from './failover-config.ts';
import { failoverServer } from './servers/failover-server.ts';
import { openTopology } from './topology/open-topology.ts';

export interface OpenedFailover {
  readonly failover: Failover;
  readonly redis: ReturnType<typeof openLockRedis>;
  close(): Promise<void>;
}

/** Opens what a failover is made of by its configuration. */
export function openFailover(config: FailoverConfig, report: (line: string) => void, log: Logger): OpenedFailover {
  const redis = openLockRedis(config, { name: 'failover', log });
  const topology = openTopology(config);
  const user = { user: config.FAILOVER_MYSQL_USER, password: config.FAILOVER_MYSQL_PASSWORD };
  const access = { user, caFile: config.FAILOVER_MYSQL_CA_FILE };
  return {
    failover: {
      topology,
      servers: config.FAILOVER_SERVERS.map((address) => failoverServer(address, access)),
      witness: createAcknowledgedWrites(redis),
      waitSeconds: config.FAILOVER_WAIT_SECONDS,
      report,
    },
    redis,
    async close() {
      redis.disconnect();
      await topology.close();
    },
  };
}
