import { drawMs } from '../draw.ts';
import { hold } from '../hold.ts';
import type { Injection } from '../injection.ts';
import { killed, paused } from '../signals.ts';
import { bringBackServer } from './bring-back-server.ts';
import { mysqlOf } from './mysql-of.ts';
import { replicaState, untilReplicating } from './until-replicating.ts';

const touches = ['mysql'];

export const replicaFaults: readonly Injection[] = [
  killed({
    name: 'replica killed',
    touches,
    takesMs: 60_000,
    holdMs: [1_000, 5_000],
    targets: (stage) => [mysqlOf(stage).replica],
    heal: (stage) => bringBackServer(mysqlOf(stage), 'replica'),
  }),
  paused({
    name: 'replica paused',
    touches,
    takesMs: 60_000,
    holdMs: [2_000, 6_000],
    target: (stage) => mysqlOf(stage).replica,
    heal: (stage) => untilReplicating(mysqlOf(stage)),
  }),
  {
    name: 'replication stopped',
    touches,
    takesMs: 45_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const holdMs = drawMs(stage.random, 3_000, 8_000);
      await mysql.stopReplication();
      await hold(holdMs, signal);
      const { receives, applies } = await replicaState(mysql);
      await mysql.startReplication();
      await untilReplicating(mysql);
      const happened = !receives && !applies;
      return { happened, what: `${happened ? 'nothing' : 'something'} replicated for ${holdMs} ms` };
    },
  },
  {
    name: 'replica lagging',
    touches,
    takesMs: 45_000,
    async inject(stage, signal) {
      const mysql = mysqlOf(stage);
      const holdMs = drawMs(stage.random, 4_000, 8_000);
      const lagSeconds = Math.ceil(holdMs / 1_000);
      await mysql.setReplicaDelay(lagSeconds);
      await hold(holdMs, signal);
      const { unapplied } = await replicaState(mysql);
      await mysql.setReplicaDelay(0);
      await untilReplicating(mysql);
      return {
        happened: unapplied !== '',
        what: `${lagSeconds} s late for ${holdMs} ms; had and not applied: ${unapplied || 'nothing'}`,
      };
    },
  },
];
