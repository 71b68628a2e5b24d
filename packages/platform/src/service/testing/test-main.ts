import { z } from 'zod';
import { ok } from '../../http/reply.ts';
import { route } from '../../http/route.ts';
import { injectTraceHeaders } from '../../telemetry/trace-headers.ts';
import { withSpan } from '../../telemetry/with-span.ts';
import { run } from '../run.ts';
import { serviceConfig } from '../service-config.ts';
import type { Service, ServiceContext } from '../service-definition.ts';

// A service in a process of its own, for the tests of what `run` and the preload do to a process.

const config = z.object({ ...serviceConfig, CLOSE_HANGS: z.literal('yes').optional() });
const shared = { summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [] } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function create({
  config: { CLOSE_HANGS },
  log,
  parts,
}: ServiceContext<z.output<typeof config>>): Promise<Service> {
  if (parts.has('migrate')) log.info('migrated');
  const close = async () => {
    if (CLOSE_HANGS) await pause(60_000);
  };
  const work = async () => {
    const patched = await Promise.all([patchedRedis(), patchedMysql()]);
    return withSpan('the work', {}, async () => ok({ patched, headers: injectTraceHeaders() }));
  };
  const slow = async () => {
    log.info('at work');
    await pause(400);
    return ok({ done: true });
  };
  const crash = async () => {
    setTimeout(() => {
      throw new Error('nobody caught this');
    });
    return ok({});
  };
  return {
    routes: [
      route({ ...shared, method: 'get', path: '/work', handle: work }),
      route({ ...shared, method: 'get', path: '/slow', handle: slow }),
      route({ ...shared, method: 'get', path: '/crash', handle: crash }),
    ],
    close,
  };
}

async function patchedRedis(): Promise<boolean> {
  const { Redis } = await import('ioredis');
  return '__wrapped' in Redis.prototype.sendCommand;
}

async function patchedMysql(): Promise<boolean> {
  const { default: mysql } = await import('mysql2');
  const { Connection }: { Connection?: unknown } = Object(mysql);
  const base = typeof Connection === 'function' ? Connection.prototype : {};
  const query: unknown = base.query ?? Object.getPrototypeOf(base).query;
  return typeof query === 'function' && '__wrapped' in query;
}

await run({ name: 'test', config, create });
