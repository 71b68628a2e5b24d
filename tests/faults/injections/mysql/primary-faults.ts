import { until } from '@onsale/tests/support';
import { freeze, kill } from '../breakable.ts';
import { bringBack } from '../heal.ts';
import { drawMs } from '../hold.ts';
import type { Injection } from '../injection.ts';
import { mysqlOf } from './mysql-of.ts';
import { semiSync, untilReplicating } from './until-replicating.ts';

const touches = ['mysql'];

/** A commit waits for a replica that says nothing for a second; then the primary goes on without it. */
const commitWithinMs = 900;

/** The primary comes back as it was: its data is still there. */
export const primaryFaults: readonly Injection[] = [
  {
    name: 'primary killed',
    touches,
    takesMs: 60_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const heal = async () => {
        await bringBack(mysql.primary);
        await untilReplicating(mysql);
      };
      return kill([mysql.primary], { holdMs: drawMs(stage.random, 0, 4_000), signal, heal });
    },
  },
  {
    name: 'primary killed at COMMIT',
    touches,
    takesMs: 60_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const holdMs = drawMs(stage.random, 0, 3_000);
      // With the replica's word missing, commits stand in the binary log and have no answer: there the primary dies.
      await mysql.replica.pause();
      const waiting = await until(
        'a commit to wait for the replica',
        async () => (await semiSync(mysql)).waiting || false,
        commitWithinMs,
      ).catch(() => 0);
      if (waiting === 0) {
        await mysql.replica.resume();
        await untilReplicating(mysql);
        return { happened: false, what: 'no commit waited for the replica' };
      }
      const heal = async () => {
        await mysql.replica.resume();
        await bringBack(mysql.primary);
        await untilReplicating(mysql);
      };
      const killed = await kill([mysql.primary], { holdMs, signal, heal });
      return { ...killed, what: `${waiting} commits without an answer; ${killed.what}` };
    },
  },
  {
    name: 'primary paused',
    touches,
    takesMs: 60_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const holdMs = drawMs(stage.random, 2_000, 6_000);
      return freeze(mysql.primary, { holdMs, signal, heal: () => untilReplicating(mysql) });
    },
  },
];
