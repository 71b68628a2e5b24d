import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { eventually } from '../../service/testing/start-test-service.ts';
import { startTestUpstream, type TestUpstream } from './testing/test-upstream.ts';

const shape = z.object({ id: z.string() });
const well: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"a"}');
const status =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end();

let upstream: TestUpstream;
const start = async (resetMs: number) => {
  upstream = await startTestUpstream({
    timeoutMs: 1_000,
    breaker: { errorPercentage: 50, minimumCalls: 4, windowMs: 60_000, resetMs },
  });
};
const soon = 50;
const never = 60_000;
afterEach(() => upstream.stop());

/** What came of so many calls, one after the other. */
async function outcomes(count: number): Promise<string[]> {
  const all: string[] = [];
  for (let call = 0; call < count; call += 1) {
    all.push(
      await upstream.client.get('/x', shape).then(
        () => 'ok',
        (error: unknown) => String(Reflect.get(Object(error), 'code') ?? Reflect.get(Object(error), 'reason')),
      ),
    );
  }
  return all;
}

const stateIs = (value: number) =>
  eventually(async () => (await upstream.metric('http_client_breaker_state')) === value);
const transitionsTo = async (to: string) =>
  (await upstream.metric('http_client_breaker_transitions_total', { to })) ?? Number.NaN;
const openIt = async () => {
  upstream.answer(status(503));
  const before = await transitionsTo('open');
  for (let calls = 0; (await transitionsTo('open')) === before; calls += 1) {
    if (calls > 100) throw new Error('a hundred failures did not open the breaker');
    await outcomes(1);
  }
};

const away = 'upstream-unavailable';

describe('the breaker', () => {
  test('opens when the server is down, and leaves it alone', async () => {
    await start(never);
    await upstream.goDown();
    expect(await outcomes(6)).toEqual([away, away, away, away, 'circuit-open', 'circuit-open']);
    await stateIs(2);
  });

  test('tries the server with one call, and closes when it is back', async () => {
    await start(soon);
    await openIt();
    await stateIs(1);
    upstream.answer(well);
    expect(await outcomes(3)).toEqual(['ok', 'ok', 'ok']);
    await stateIs(0);
    for (const to of ['open', 'half-open', 'closed']) expect(await transitionsTo(to)).toBe(1);
    expect(upstream.lines.map(({ msg }) => msg)).toEqual([
      'the circuit breaker is open',
      'the circuit breaker is half-open',
      'the circuit breaker is closed',
    ]);
  });

  test('opens again when the one call that tries fails; others do not reach the server meanwhile', async () => {
    await start(soon);
    await openIt();
    await stateIs(1);
    upstream.answer(() => undefined);
    const before = upstream.requests.length;
    const [first, second] = await Promise.all([outcomes(1), outcomes(1)]);
    expect([...first, ...second].sort()).toEqual(['circuit-open', 'upstream-timed-out']);
    expect(upstream.requests.length).toBe(before + 1);
    expect(await transitionsTo('open')).toBe(2);
    await stateIs(1);
  });

  test('stays closed until more calls than its share have failed', async () => {
    await start(never);
    upstream.answer(well);
    await outcomes(4);
    upstream.answer(status(503));
    expect(await outcomes(6)).toEqual([away, away, away, away, away, 'circuit-open']);
  });

  test.each([422, 500])('takes refusals with %d for signs of life', async (code) => {
    await start(soon);
    upstream.answer(status(code));
    expect(new Set(await outcomes(20))).toEqual(new Set(['refused']));
    await openIt();
    await stateIs(1);
    upstream.answer(status(code));
    expect(await outcomes(1)).toEqual(['refused']);
    await stateIs(0);
  });

  test('is not opened by calls that were cut short, nor closed by one', async () => {
    await start(soon);
    const cut = async () => {
      upstream.answer(() => undefined);
      const controller = new AbortController();
      const before = upstream.requests.length;
      const call = upstream.client.get('/x', shape, { signal: controller.signal }).catch(() => 'cut');
      await eventually(() => upstream.requests.length > before);
      controller.abort();
      expect(await call).toBe('cut');
    };
    for (let count = 0; count < 8; count += 1) await cut();
    expect(await transitionsTo('open')).toBe(0);
    await openIt();
    await stateIs(1);
    await cut();
    expect([await transitionsTo('closed'), await transitionsTo('open')]).toEqual([0, 2]);
  });
});
