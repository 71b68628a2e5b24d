import type { openRedis } from '@onsale/platform/redis';
import type { Clock } from '@onsale/platform/service';
import type { Logger } from '@onsale/platform/telemetry';

type Redis = ReturnType<typeof openRedis>;

const PROBE_INTERVAL_MS = 1_000;

/** Whether Redis is worth asking. */
export interface SharedStore {
  readonly redis: Redis;
  usable(): boolean;
  /** Told when a command failed. From then on only a probe a second goes there, until one succeeds. */
  failed(error: unknown): void;
}

/** Keeps count of a Redis that is lost or hangs, so that its time-out is paid once and not by every request. */
export function createSharedStore(redis: Redis, clock: Clock, log: Logger): SharedStore {
  let lost = false;
  let probedAt = 0;

  async function probe(): Promise<void> {
    try {
      await redis.ping();
      lost = false;
      log.info('rate limits are shared again');
    } catch {
      // Still away: the next probe asks again.
    }
  }

  return {
    redis,
    usable() {
      const now = clock.now().getTime();
      if (lost && now - probedAt >= PROBE_INTERVAL_MS) {
        probedAt = now;
        void probe();
      }
      return !lost;
    },
    failed(error) {
      if (lost) return;
      lost = true;
      probedAt = clock.now().getTime();
      log.warn({ err: error }, 'rate limits are counted by each gateway alone');
    },
  };
}
