import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import { awaitState } from '../servers/await-state.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import { applyReceived } from './apply-received.ts';

type MakePrimary = Pick<Failover, 'topology' | 'waitSeconds' | 'report'>;

/**
 * Lets the server that is named take writes, or waits until it does where servers follow the topology.
 * @throws CommandError when it has not in time
 */
export async function makePrimary(failover: MakePrimary, named: FailoverServer): Promise<void> {
  if (!failover.topology.serversFollow) await becomePrimary(failover, named);
  const { waitSeconds } = failover;
  const look = await awaitState(named, (seen) => seen.answers && seen.state.writable, waitSeconds);
  if (look.answers && look.state.writable) return;
  const why = look.answers ? 'its log says why' : look.why;
  throw new CommandError(`${named.name} is named and took no writes within ${waitSeconds} s: ${why}`);
}

async function becomePrimary(failover: MakePrimary, named: FailoverServer): Promise<void> {
  const { following } = await named.state();
  if (following !== undefined) {
    await applyReceived(failover, named, following);
    await named.followNobody();
  }
  await named.setWritable(true);
}
