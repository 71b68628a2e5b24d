import { awaitWhole } from '../../campaign/await-whole.ts';
import { drawMs } from '../draw.ts';
import type { Injection } from '../injection.ts';
import { mysqlOf } from '../mysql/mysql-of.ts';
import { lockRows } from './lock-rows.ts';
import { refuseConnections } from './refuse-connections.ts';

const touches = ['mysql'];

/** Of one service, as it is unless told otherwise. */
const poolSize = 10;

export const poolFaults: readonly Injection[] = [
  {
    name: 'pools exhausted',
    touches,
    takesMs: 30_000,
    async inject(stage, signal) {
      const holdMs = drawMs(stage.random, 4_000, 7_000);
      const waiting = await lockRows(mysqlOf(stage), {
        database: stage.platform.schemas.commerce.database,
        holdMs,
        signal,
      });
      await awaitWhole(stage.platform);
      return {
        happened: waiting >= poolSize,
        what: `${waiting} connections of the services waited for rows at once, held for ${holdMs} ms`,
      };
    },
  },
  {
    name: 'connections refused',
    touches,
    takesMs: 30_000,
    async inject(stage, signal) {
      const holdMs = drawMs(stage.random, 3_000, 6_000);
      const { database } = stage.platform.schemas.commerce;
      const { ended, refused } = await refuseConnections(mysqlOf(stage), { database, holdMs, signal });
      await awaitWhole(stage.platform);
      return {
        happened: ended > 0 && refused > 0,
        what: `${ended} connections ended by the primary, ${refused} refused in ${holdMs} ms`,
      };
    },
  },
];
