import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import type { Following } from '../servers/server-state.ts';
import type { Naming } from '../topology/topology.ts';
import { applyReceived } from './apply-received.ts';
import { awaitFenced } from './await-fenced.ts';
import { makePrimary } from './make-primary.ts';

export interface TakeOver {
  readonly replica: FailoverServer;
  readonly following: Following;
  readonly naming: Naming;
  readonly former: FailoverServer;
}

/**
 * From here on the replica is on its way to be the primary. The place is written when it has applied all it has, and
 * before it takes writes: so the former one, whenever it starts, starts read-only.
 */
export async function takeOver(failover: Failover, { replica, following, naming, former }: TakeOver): Promise<void> {
  const { topology, report } = failover;
  if (!topology.serversFollow) await applyReceived(failover, replica, following);
  if (!(await topology.name(replica.name, naming))) {
    throw new CommandError(`${topology.place} was changed by somebody else: nothing was done to it`);
  }
  report(`${topology.place} names ${replica.name}`);
  if (!topology.serversFollow) await awaitFenced(failover, former);
  await makePrimary(failover, replica);
}
