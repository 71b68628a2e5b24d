import type { LocalServer } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';
import { freeze, kill } from '../breakable.ts';
import { bringBack, untilHealed } from '../heal.ts';
import { drawMs } from '../hold.ts';
import type { Injection } from '../injection.ts';
import { setBack } from './set-back.ts';
import { keysInUse, withRedis } from './with-redis.ts';

const touches = ['redis'];

export const redisFaults: readonly Injection[] = [
  {
    name: 'redis killed',
    touches,
    takesMs: 30_000,
    async inject(stage, signal) {
      const redis = redisOf(stage);
      const holdMs = drawMs(stage.random, 0, 4_000);
      // It keeps nothing on disk: what comes back is empty.
      return kill([redis], { holdMs, signal, heal: () => bringBack(redis) });
    },
  },
  {
    name: 'redis paused',
    touches,
    takesMs: 30_000,
    async inject(stage, signal) {
      const redis = redisOf(stage);
      const holdMs = drawMs(stage.random, 2_000, 6_000);
      return freeze(redis, { holdMs, signal, heal: () => untilAnswering(redis) });
    },
  },
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
    takesMs: 60_000,
    inject: (stage, signal) => setBack(redisOf(stage), { ageMs: drawMs(stage.random, 8_000, 15_000), signal }),
  },
];

function redisOf({ platform }: Stage): LocalServer {
  const { redis } = platform.servers;
  if (redis === undefined) throw new Error('the platform has no Redis');
  return redis;
}

const untilAnswering = (redis: LocalServer): Promise<void> =>
  untilHealed(redis.name, () => withRedis(redis.port, async (client) => void (await client.ping())));
