import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import type { FailoverServer } from '../servers/failover-server.ts';
import type { Following } from '../servers/server-state.ts';

/**
 * Lets a replica receive no more and apply all that it has.
 * @throws CommandError when it has not in time; it then receives again
 */
export async function applyReceived(
  { waitSeconds, report }: Pick<Failover, 'waitSeconds' | 'report'>,
  replica: FailoverServer,
  { delaySeconds }: Following,
): Promise<void> {
  // Before the receiver stops: with neither thread running the server would throw away what it has received.
  if (delaySeconds > 0) await replica.applyAtOnce();
  await replica.stopReceiving();
  const { following } = await replica.state();
  if (following === undefined || following.received === '') return;
  report(`${replica.name} applies what it has received`);
  if (await replica.applies(following.received, waitSeconds)) return;
  const { following: late } = await replica.state();
  await replica.startReceiving();
  const why = late?.error ? `: ${late.error}` : '';
  throw new CommandError(`${replica.name} has not applied within ${waitSeconds} s what it received${why}`);
}
