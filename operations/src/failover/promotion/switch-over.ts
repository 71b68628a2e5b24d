import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import { lookAt } from '../servers/look-at.ts';
import { namedServers } from '../servers/named-servers.ts';
import type { Promoted } from './promote.ts';
import { takeOver } from './take-over.ts';

/**
 * Moves the primary to a replica while both are well: the primary is read-only until the replica has all of it.
 * @throws CommandError when one of them is not well; the primary then takes writes as before
 */
export async function switchOver(failover: Failover): Promise<Promoted> {
  const { naming, primary, others } = await namedServers(failover);
  const look = await lookAt(primary);
  if (!look.answers) throw new CommandError(`${primary.name} does not answer: without --switch it is given up`);
  const replica = await firstThatHears(others);
  const { following } = await replica.state();
  if (following === undefined) throw new CommandError(`${replica.name} is no replica any more`);
  const former = primary;
  if (failover.topology.serversFollow) {
    await takeOver(failover, { replica, following, naming, former });
    return { primary: replica.name, loss: { kind: 'none' } };
  }
  failover.report(`${primary.name} takes no more writes`);
  try {
    await primary.setWritable(false);
    await catchUp(failover, primary, replica);
    await takeOver(failover, { replica, following, naming, former });
  } catch (error) {
    const { naming: now } = await namedServers(failover);
    if (now.primary === primary.name) await primary.setWritable(true);
    throw error;
  }
  return { primary: replica.name, loss: { kind: 'none' } };
}

async function catchUp({ waitSeconds }: Failover, primary: FailoverServer, replica: FailoverServer): Promise<void> {
  const { executed } = await primary.state();
  if (await replica.applies(executed, waitSeconds)) return;
  throw new CommandError(`${replica.name} has not caught up within ${waitSeconds} s`);
}

async function firstThatHears(others: readonly FailoverServer[]): Promise<FailoverServer> {
  const unfit: string[] = [];
  for (const server of others) {
    const look = await lookAt(server);
    if (look.answers && look.state.following?.hears) return server;
    unfit.push(look.answers ? `${server.name} does not hear from the primary` : `${server.name}: ${look.why}`);
  }
  throw new CommandError(unfit.join('; '));
}
