import type { Failover } from '../failover.ts';
import { awaitState } from '../servers/await-state.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import type { Look } from '../servers/look-at.ts';

const withinSeconds = 10;

const isFenced = (look: Look): boolean => (look.answers ? !look.state.writable : look.refuses);

/**
 * Waits until the former primary is gone or read-only. One that hangs may wake up: whoever looks after the servers
 * ends it when another is named; where nobody does, that is said.
 */
export async function awaitFenced({ report }: Pick<Failover, 'report'>, former: FailoverServer): Promise<void> {
  const look = await awaitState(former, isFenced, withinSeconds);
  if (isFenced(look)) return;
  report(`${former.name} hangs and may wake up writable: make sure that it is gone`);
}
