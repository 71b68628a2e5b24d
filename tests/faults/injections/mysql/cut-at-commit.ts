import { drawMs } from '../draw.ts';
import { hold } from '../hold.ts';
import type { Injection } from '../injection.ts';
import { mysqlOf } from './mysql-of.ts';
import { nothingWaited, untilCommitWaits } from './until-commit-waits.ts';
import { semiSync, untilReplicating } from './until-replicating.ts';

/** More of them come to wait, and none has waited long enough to go on. */
const gatherMs = 100;

/** The answers to commits are lost, and the commits land a little later: whoever looks at once finds nothing yet. */
export const cutAtCommit: Injection = {
  name: 'primary cut at COMMIT',
  touches: ['mysql'],
  takesMs: 60_000,
  async inject(stage, signal) {
    const mysql = mysqlOf(stage);
    const { mysqlPrimary } = stage.wires;
    // Until then nothing that waits becomes visible.
    const landAfterMs = drawMs(stage.random, 200, 600);
    await mysql.replica.pause();
    try {
      if ((await untilCommitWaits(mysql)) === 0) return nothingWaited;
      await hold(gatherMs, signal);
      const { waiting: commits } = await semiSync(mysql);
      const connections = mysqlPrimary.cut();
      await hold(landAfterMs, signal);
      return {
        happened: commits > 0 && connections > 0,
        what: `${commits} commits without an answer; ${connections} connections cut`,
      };
    } finally {
      await mysql.replica.resume();
      await untilReplicating(mysql);
    }
  },
};
