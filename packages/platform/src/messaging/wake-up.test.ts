import { describe, expect, test } from '@jest/globals';
import { createWakeUp } from './wake-up.ts';

const alive = () => new AbortController().signal;

describe('a wake-up', () => {
  test('waits its time when nobody calls', async () => {
    const started = performance.now();
    await createWakeUp().wait(30, alive());
    expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  });

  test('ends a wait, also one that begins later, but only one', async () => {
    const wakeUp = createWakeUp();
    const waiting = wakeUp.wait(60_000, alive());
    wakeUp.wake();
    await waiting;
    wakeUp.wake();
    await wakeUp.wait(60_000, alive());
    const started = performance.now();
    await wakeUp.wait(30, alive());
    expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  });

  test('ends when the signal aborts, or has aborted', async () => {
    const ending = new AbortController();
    const waiting = createWakeUp().wait(60_000, ending.signal);
    ending.abort();
    await waiting;
    await createWakeUp().wait(60_000, ending.signal);
  });
});
