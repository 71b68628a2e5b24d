import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { unauthorized } from '../http/bearer-token.ts';
import type { Caller } from '../http/caller.ts';
import { ok } from '../http/reply.ts';
import { route } from '../http/route.ts';
import { serviceConfig } from './service-config.ts';
import { startService } from './start-service.ts';
import { eventually, startTestService } from './testing/start-test-service.ts';

const shared = { summary: 'x', tag: 'x', responses: {}, problems: [], handle: async () => ok({}) } as const;
const open = route({ ...shared, method: 'get', path: '/open', access: 'anyone' });
const guarded = route({ ...shared, method: 'get', path: '/guarded', access: 'user' });
const idle = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

test('runs the parts that are asked for and no others', async () => {
  const ran: string[] = [];
  const job = (part: string) => ({
    part,
    run: (signal: AbortSignal) => {
      ran.push(part);
      return idle(signal);
    },
  });
  const parts: string[] = [];
  const running = await startTestService({ routes: [open], jobs: [job('relay'), job('purge')] }, {}, ['relay']);
  parts.push(...ran);
  expect([parts, running.url]).toEqual([['relay'], '']);
  await running.stop();
});

test('refuses a part it does not have', async () => {
  await expect(startTestService({ routes: [open] }, {}, ['http', 'relai'])).rejects.toThrow(
    'PARTS: no part is called relai; there are http, migrate',
  );
});

test('refuses to guard routes without knowing whose tokens are good', async () => {
  await expect(startTestService({ routes: [guarded] })).rejects.toThrow('JWKS_URL: must be set');
});

test('guards routes by tokens of its own where it says whose they are', async () => {
  const verifyToken = (token: string): Caller => {
    if (token !== 'key') throw unauthorized('token-invalid', 'Another key.');
    return { userId: 'holder', role: 'user' };
  };
  const running = await startTestService({ routes: [guarded], verifyToken });
  const asked = async (headers: Record<string, string>) => (await running.request('/guarded', { headers })).status;
  expect(await asked({ authorization: 'Bearer key' })).toBe(200);
  expect(await asked({ authorization: 'Bearer other' })).toBe(401);
  expect(await asked({})).toBe(401);
  await running.stop();
});

test('names the variable when its port is taken, and closes what it had opened', async () => {
  const first = await startTestService({ routes: [open] });
  let closed = 0;
  const second = startTestService(
    {
      routes: [open],
      close: async () => {
        closed += 1;
      },
    },
    { HTTP_PORT: new URL(first.url).port },
  );
  await expect(second).rejects.toThrow(/^HTTP_PORT: cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)$/);
  expect(closed).toBe(1);
  await first.stop();
});

test('starts twice in one process', async () => {
  const both = await Promise.all([startTestService({ routes: [open] }), startTestService({ routes: [open] })]);
  for (const { request } of both) expect((await request('/open')).status).toBe(200);
  await Promise.all(both.map(({ stop }) => stop()));
});

test('runs a failing job again after growing pauses, logs and counts it', async () => {
  let runs = 0;
  const run = async (signal: AbortSignal) => {
    runs += 1;
    if (runs < 3) throw new Error('not yet');
    await idle(signal);
  };
  const running = await startTestService({ jobs: [{ part: 'work', run }] });
  await eventually(() => runs === 3);
  const logged = running.lines.filter(({ part }) => part === 'work');
  expect(logged).toMatchObject([
    { level: 'error', failures: 1, err: { message: 'not yet' } },
    { level: 'error', failures: 2 },
  ]);
  const metrics = await (await fetch(`${running.managementUrl}/metrics`)).text();
  expect(metrics).toContain('job_restarts_total{part="work",service="test"} 2');
  await running.stop();
});

test('tells on the management port what is not ready, with a time limit for each check', async () => {
  let healthy = true;
  const readiness = {
    database: async () => {
      if (!healthy) throw new Error('refused');
    },
    broker: async () => undefined,
  };
  const running = await startTestService({ readiness });
  const readyz = async () => {
    const answer = await fetch(`${running.managementUrl}/readyz`);
    return [answer.status, await answer.json()];
  };
  expect(await readyz()).toEqual([200, { ready: true, checks: { database: 'ok', broker: 'ok' } }]);
  healthy = false;
  expect(await readyz()).toEqual([503, { ready: false, checks: { database: 'refused', broker: 'ok' } }]);
  expect((await fetch(`${running.managementUrl}/livez`)).status).toBe(200);
  expect((await fetch(`${running.managementUrl}/else`)).status).toBe(404);
  await running.stop();
});

test('gives create what it needs, and closes nothing that was not made', async () => {
  const create = async () => {
    throw new Error('no database');
  };
  const config = z.object({ ...serviceConfig, GREETING: z.string() });
  const started = startService({ name: 'x', config, create }, { env: { GREETING: 'hi', LOG_LEVEL: 'silent' } });
  await expect(started).rejects.toThrow('no database');
});
