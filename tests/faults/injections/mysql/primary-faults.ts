import { kill } from '../breakable.ts';
import { drawMs } from '../draw.ts';
import type { Injection } from '../injection.ts';
import { killed, paused } from '../signals.ts';
import { bringBackServer } from './bring-back-server.ts';
import { mysqlOf } from './mysql-of.ts';
import { nothingWaited, untilCommitWaits } from './until-commit-waits.ts';
import { untilReplicating } from './until-replicating.ts';

const touches = ['mysql'];

/** The primary comes back as it was: its data is still there. */
export const primaryFaults: readonly Injection[] = [
  killed({
    name: 'primary killed',
    touches,
    takesMs: 60_000,
    holdMs: [0, 4_000],
    targets: (stage) => [mysqlOf(stage).primary],
    heal: (stage) => bringBackServer(mysqlOf(stage), 'primary'),
  }),
  {
    name: 'primary killed at COMMIT',
    touches,
    takesMs: 60_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const holdMs = drawMs(stage.random, 0, 3_000);
      // With the replica's word missing, commits stand in the binary log and have no answer: there the primary dies.
      await mysql.replica.pause();
      const waiting = await untilCommitWaits(mysql);
      if (waiting === 0) {
        await mysql.replica.resume();
        await untilReplicating(mysql);
        return nothingWaited;
      }
      const heal = async () => {
        await mysql.replica.resume();
        await bringBackServer(mysql, 'primary');
      };
      const evidence = await kill([mysql.primary], { holdMs, signal, heal });
      return { ...evidence, what: `${waiting} commits without an answer; ${evidence.what}` };
    },
  },
  paused({
    name: 'primary paused',
    touches,
    takesMs: 60_000,
    holdMs: [2_000, 6_000],
    target: (stage) => mysqlOf(stage).primary,
    heal: (stage) => untilReplicating(mysqlOf(stage)),
  }),
];
