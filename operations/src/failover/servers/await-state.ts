import { setTimeout as delay } from 'node:timers/promises';
import type { FailoverServer } from './failover-server.ts';
import { type Look, lookAt } from './look-at.ts';

const betweenMs = 200;

/** Looks at the server until it is as wished or the time is up; gives the last look. */
export async function awaitState(
  server: FailoverServer,
  wished: (look: Look) => boolean,
  withinSeconds: number,
): Promise<Look> {
  const giveUpAt = performance.now() + withinSeconds * 1000;
  for (;;) {
    const look = await lookAt(server);
    if (wished(look) || performance.now() >= giveUpAt) return look;
    await delay(betweenMs);
  }
}
