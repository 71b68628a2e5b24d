import { CommandError } from '../../command-line/command-error.ts';
import type { Failover } from '../failover.ts';
import type { Naming } from '../topology/topology.ts';
import type { FailoverServer } from './failover-server.ts';

export interface NamedServers {
  readonly naming: Naming;
  readonly primary: FailoverServer;
  readonly others: readonly FailoverServer[];
}

/** Who is primary, and who else there is. @throws CommandError when the place names a server that is not known */
export async function namedServers({
  topology,
  servers,
}: Pick<Failover, 'topology' | 'servers'>): Promise<NamedServers> {
  const naming = await topology.read();
  const primary = servers.find(({ name }) => name === naming.primary);
  if (primary === undefined) {
    const known = servers.map(({ name }) => name).join(', ');
    throw new CommandError(`${topology.place} names ${naming.primary}, which is none of ${known}`);
  }
  return { naming, primary, others: servers.filter((server) => server !== primary) };
}
