import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import { judgeLoss, type Loss } from '../loss/judge-loss.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import { lookThrice } from '../servers/look-at.ts';
import { namedServers } from '../servers/named-servers.ts';
import { chooseReplica } from './choose-replica.ts';
import { makePrimary } from './make-primary.ts';
import { takeOver } from './take-over.ts';

export interface PromoteOptions {
  readonly acceptLoss: boolean;
}

/** What came of it. */
export interface Promoted {
  readonly primary: string;
  readonly loss: Loss;
}

/**
 * Promotes the replica of a primary that does not answer. It may be ended at any moment: run again, it goes on where
 * that was, and the place that names the primary is written once.
 * @throws CommandError when there is no need, or it must not be done
 */
export async function promote(failover: Failover, { acceptLoss }: PromoteOptions): Promise<Promoted> {
  const { report, topology } = failover;
  const { naming, primary, others } = await namedServers(failover);
  report(`${topology.place} names ${primary.name}`);
  const look = await lookThrice(primary);
  if (look.answers) {
    if (!topology.serversFollow) await hearAgain(others);
    if (look.state.writable) throw new CommandError(`${primary.name} is the primary, answers and takes writes`);
    report(`${primary.name} is named and read-only: finishing what was begun`);
    await makePrimary(failover, primary);
    // What it lacks was judged, and accepted if need be, before it was named.
    return { primary: primary.name, loss: { kind: 'none' } };
  }
  report(`the primary does not answer (${look.why})`);
  const { replica, following } = await chooseReplica(primary, others);
  const loss = await judgeLoss(failover.witness, replica, following);
  if (loss.kind !== 'none') {
    const what = objection(replica, loss);
    if (!acceptLoss) throw new CommandError(`${what}; bring ${primary.name} back, or give it up with --accept-loss`);
    report(`${what}: accepted`);
  }
  await takeOver(failover, { replica, following, naming, former: primary });
  return { primary: replica.name, loss };
}

function objection({ name }: FailoverServer, loss: Exclude<Loss, { kind: 'none' }>): string {
  return loss.kind === 'unknown' ? loss.why : `${name} never received acknowledged writes: ${loss.gtids}`;
}

/** An earlier call may have been ended after it had stopped the replica's receiver. */
async function hearAgain(replicas: readonly FailoverServer[]): Promise<void> {
  for (const replica of replicas) {
    const { following } = await replica.state().catch(() => ({ following: undefined }));
    if (following && !following.hears) await replica.startReceiving();
  }
}
