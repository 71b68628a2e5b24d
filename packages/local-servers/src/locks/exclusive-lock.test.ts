import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { tryLock, waitForLock } from './exclusive-lock.ts';

const signal = new AbortController().signal;

describe('exclusive lock', () => {
  test('one holder at a time, also under a name longer than a socket may have', async () => {
    const name = `${randomUUID()}/${'long'.repeat(100)}`;
    const lock = await tryLock(name);
    expect(lock).toBeDefined();
    expect(await tryLock(name)).toBeUndefined();
    await lock?.release();
    const next = await tryLock(name);
    expect(next).toBeDefined();
    await next?.release();
  });

  test('who waits gets it when it is released', async () => {
    const name = randomUUID();
    const lock = await tryLock(name);
    const waiting = waitForLock(name, { timeoutMs: 5_000, signal, onWait: () => void lock?.release() });
    await (await waiting).release();
  });

  test('who waits too long is told for what', async () => {
    const name = randomUUID();
    const lock = await tryLock(name);
    await expect(waitForLock(name, { timeoutMs: 10, signal })).rejects.toThrow(`"${name}"`);
    await lock?.release();
  });
});
