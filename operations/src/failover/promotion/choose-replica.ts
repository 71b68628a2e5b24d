import { CommandError } from '../../command-line/command-error.ts';
import { awaitState } from '../servers/await-state.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import { lookAt } from '../servers/look-at.ts';
import type { Following } from '../servers/server-state.ts';

export interface Candidate {
  readonly replica: FailoverServer;
  readonly following: Following;
}

/** A replica notices within five seconds that nothing comes any more. */
const noticesWithinSeconds = 10;

/**
 * The replica that has received the most, once it has lost the primary too.
 * @throws CommandError when there is none, or it still hears from the primary
 */
export async function chooseReplica(primary: FailoverServer, others: readonly FailoverServer[]): Promise<Candidate> {
  const first = await ahead(await replicasOf(primary, others));
  const look = await awaitState(
    first.replica,
    (seen) => seen.answers && seen.state.following?.hears === false,
    noticesWithinSeconds,
  );
  const { name } = first.replica;
  if (!look.answers) throw new CommandError(`the replica does not answer any more (${look.why})`);
  const { following } = look.state;
  if (following === undefined) throw new CommandError(`${name} has ceased to be a replica: somebody else is at it`);
  if (following.hears) throw new CommandError(`${name} still hears from ${primary.name}, which does not answer here`);
  return { replica: first.replica, following };
}

async function replicasOf(primary: FailoverServer, others: readonly FailoverServer[]): Promise<Candidate[]> {
  const replicas: Candidate[] = [];
  const unfit: string[] = [];
  for (const server of others) {
    const look = await lookAt(server);
    if (!look.answers) {
      unfit.push(`the replica does not answer either (${look.why})`);
    } else if (look.state.writable) {
      throw new CommandError(`${server.name} takes writes, though ${primary.name} is named: name the right one first`);
    } else if (look.state.following === undefined) {
      unfit.push(`${server.name} follows nobody: it may lack anything`);
    } else {
      replicas.push({ replica: server, following: look.state.following });
    }
  }
  if (replicas.length === 0) throw new CommandError(unfit.join('; '));
  return replicas;
}

async function ahead([first, ...rest]: readonly Candidate[]): Promise<Candidate> {
  if (first === undefined) throw new CommandError('there is no replica');
  let best = first;
  for (const other of rest) {
    const has = await other.replica.contains(best.following.received, other.following.received);
    if (has) best = other;
  }
  return best;
}
