import { setTimeout as pause } from 'node:timers/promises';
import { ok, route } from '@onsale/platform/http';
import { type RunningService, serviceConfig, startService } from '@onsale/platform/service';
import { z } from 'zod';

/** A real service, as a pod runs it. */
export interface TestPod extends RunningService {
  /** Requests it has answered. */
  readonly answered: number;
}

const shared = {
  path: '/open/shop',
  summary: 'What a test asks for',
  tag: 'shop',
  access: 'anyone',
  responses: { 200: { description: 'Which pod it was', schema: z.object({ pod: z.string() }) } },
  problems: [],
} as const;

/** Answers `GET` and `POST /open/shop` after so many milliseconds, and takes its time to leave. */
export async function startPod(pod: string, { workMs = 20, drainMs = 0 } = {}): Promise<TestPod> {
  let answered = 0;
  const work = async () => {
    await pause(workMs);
    answered += 1;
    return ok({ pod });
  };
  const running = await startService(
    {
      name: 'shop',
      config: z.object(serviceConfig),
      create: async () => ({
        routes: [
          route({ ...shared, method: 'get', handle: work }),
          route({ ...shared, method: 'post', body: z.object({ a: z.number() }), handle: work }),
        ],
        close: async () => undefined,
      }),
    },
    { env: { LOG_LEVEL: 'silent', DRAIN_DELAY_MS: String(drainMs) } },
  );
  return {
    ...running,
    get answered() {
      return answered;
    },
  };
}
