import type { MysqlPair } from '@onsale/local-servers';
import { until } from '@onsale/tests/support';
import type { Evidence } from '../../campaign/fault.ts';
import { semiSync } from './until-replicating.ts';

/** A commit waits for a replica that says nothing for a second; then the primary goes on without it. */
const withinMs = 900;

/** How many commits wait for a replica that is stopped, as soon as one does; 0 when none has come to. */
export const untilCommitWaits = (mysql: MysqlPair): Promise<number> =>
  until('a commit to wait for the replica', async () => (await semiSync(mysql)).waiting || false, withinMs).catch(
    () => 0,
  );

export const nothingWaited: Evidence = { happened: false, what: 'no commit waited for the replica' };
