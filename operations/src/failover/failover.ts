import type { AcknowledgedWrites } from '@onsale/platform/redis';
import type { FailoverServer } from './servers/failover-server.ts';
import type { Topology } from './topology/topology.ts';

/** What a failover is made of. */
export interface Failover {
  readonly topology: Topology;
  readonly servers: readonly FailoverServer[];
  /** What clients were told of. */
  readonly witness: Pick<AcknowledgedWrites, 'highestOf'>;
  /** How long each thing that is waited for may take. */
  readonly waitSeconds: number;
  /** Gets one line a step. */
  report(line: string): void;
}
