import type { LocalServer } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';
import { drawMs } from '../draw.ts';
import { bringBack, untilHealed } from '../heal.ts';
import type { Injection } from '../injection.ts';
import { killed, paused } from '../signals.ts';
import { setBack } from './set-back.ts';
import { keysInUse, withRedis } from './with-redis.ts';

const touches = ['redis'];

export const redisFaults: readonly Injection[] = [
  killed({
    name: 'redis killed',
    touches,
    takesMs: 30_000,
    holdMs: [0, 4_000],
    targets: (stage) => [redisOf(stage)],
    // It keeps nothing on disk: what comes back is empty.
    heal: (stage) => bringBack(redisOf(stage)),
  }),
  paused({
    name: 'redis paused',
    touches,
    takesMs: 30_000,
    holdMs: [2_000, 6_000],
    target: redisOf,
    heal: (_, redis) => untilAnswering(redis),
  }),
  {
    name: 'redis emptied',
    touches,
    takesMs: 10_000,
    async inject(stage) {
      const { port } = redisOf(stage);
      const keys = await keysInUse(port);
      await withRedis(port, (redis) => redis.flushall());
      return { happened: keys > 0, what: `${keys} keys are gone` };
    },
  },
  {
    name: 'redis set back',
    touches,
    takesMs: 100_000,
    inject: (stage, signal) => setBack(redisOf(stage), { ageMs: drawMs(stage.random, 8_000, 60_000), signal }),
  },
];

function redisOf({ platform }: Stage): LocalServer {
  const { redis } = platform.servers;
  if (redis === undefined) throw new Error('the platform has no Redis');
  return redis;
}

const untilAnswering = (redis: LocalServer): Promise<void> =>
  untilHealed(redis.name, () => withRedis(redis.port, async (client) => void (await client.ping())));
