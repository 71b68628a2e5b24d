import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { ok } from '../http/reply.ts';
import { route } from '../http/route.ts';
import { eventually, startTestService } from './testing/start-test-service.ts';

/** A route that answers when it is let go, and a list of what happened in order. */
function setUp() {
  const gate = Promise.withResolvers<void>();
  const events: string[] = [];
  const slow = route({
    ...{ method: 'get', path: '/slow', summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [] },
    async handle() {
      events.push('begun');
      await gate.promise;
      events.push('answered');
      return ok({ done: true });
    },
  });
  const quick = route({
    ...{ method: 'get', path: '/quick', summary: 'x', tag: 'x', access: 'anyone', responses: {}, problems: [] },
    handle: async () => ok({}),
  });
  const job = {
    part: 'work',
    run: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          events.push('job stopped');
          resolve();
        });
      }),
  };
  const close = async () => void events.push('closed');
  return { service: { routes: [slow, quick], jobs: [job], close }, events, letGo: () => gate.resolve() };
}

test('what is in flight finishes, nothing new is let in, then jobs stop, then the service closes', async () => {
  const { service, events, letGo } = setUp();
  const running = await startTestService(service);
  const inFlight = running.request('/slow');
  await eventually(() => events.includes('begun'));
  const stopped = running.stop();
  expect(running.stop()).toBe(stopped);
  await eventually(() =>
    running.request('/quick').then(
      () => false,
      () => true,
    ),
  );
  const ready = await fetch(`${running.managementUrl}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false }]);
  letGo();
  expect((await inFlight).body).toEqual({ done: true });
  await stopped;
  expect(events).toEqual(['begun', 'answered', 'job stopped', 'closed']);
  await expect(fetch(`${running.managementUrl}/livez`)).rejects.toThrow();
});

test('an idle kept connection does not hold up the stop', async () => {
  const { service } = setUp();
  // A stop that waited for the connection would outlast the test.
  const running = await startTestService(service, { DRAIN_BUDGET_MS: '120000' });
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    httpGet(`${running.url}/quick`, { agent }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
  });
  await running.stop();
  agent.destroy();
});

test('while it is not ready but still listens, answers ask clients to leave', async () => {
  const { service } = setUp();
  const running = await startTestService(service, { DRAIN_DELAY_MS: '300' });
  const before = await answerTo(`${running.url}/quick`);
  expect(before.headers.connection).toBe('keep-alive');
  const stopped = running.stop();
  expect((await fetch(`${running.managementUrl}/readyz`)).status).toBe(503);
  const during = await answerTo(`${running.url}/quick`);
  expect([during.statusCode, during.headers.connection]).toEqual([200, 'close']);
  await stopped;
});

test('a request that does not end costs no more than the budget, and the service still closes', async () => {
  const { service, events } = setUp();
  const running = await startTestService(service, { DRAIN_BUDGET_MS: '500' });
  const cut = running.request('/slow').catch(() => 'cut');
  await eventually(() => events.includes('begun'));
  const startedAt = performance.now();
  await running.stop();
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThan(250);
  expect(await cut).toBe('cut');
  expect(events).toEqual(['begun', 'job stopped', 'closed']);
});

test('a job and a close that hang are left behind at the end of the budget', async () => {
  const forever = () => new Promise<void>(() => undefined);
  const running = await startTestService(
    { jobs: [{ part: 'work', run: forever }], close: forever },
    { DRAIN_BUDGET_MS: '200' },
  );
  await running.stop();
  const late = running.lines.filter(({ msg }) => msg === 'stopping: not done in time');
  expect(late.map(({ step }) => step)).toEqual(['jobs', 'close']);
});

function answerTo(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: true });
    httpGet(url, { agent }, (answer) => {
      answer.resume().on('end', () => {
        agent.destroy();
        resolve(answer);
      });
    }).on('error', reject);
  });
}
