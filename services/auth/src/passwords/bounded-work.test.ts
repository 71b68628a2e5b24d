import { describe, expect, test } from '@jest/globals';
import { createBoundedWork } from './bounded-work.ts';

const held = () => Promise.withResolvers<string>();

describe('bounded work', () => {
  test('runs no more at once than allowed, the rest in order', async () => {
    const bounded = createBoundedWork({ concurrency: 2, queue: 2 });
    const started: number[] = [];
    const gates = [held(), held(), held(), held()];
    const done = gates.map((gate, index) =>
      bounded(() => {
        started.push(index);
        return gate.promise;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    gates[1]?.resolve('b');
    await done[1];
    expect(started).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve('x');
    await Promise.all(done);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  test('refuses what the queue has no room for', async () => {
    const bounded = createBoundedWork({ concurrency: 1, queue: 1 });
    const gate = held();
    const running = bounded(() => gate.promise);
    const waiting = bounded(() => gate.promise);
    await expect(bounded(async () => 'late')).rejects.toMatchObject({ kind: 'unavailable', code: 'overloaded' });
    gate.resolve('done');
    expect(await Promise.all([running, waiting])).toEqual(['done', 'done']);
  });

  test('forgets work whose client hung up while it waited', async () => {
    const bounded = createBoundedWork({ concurrency: 1, queue: 1 });
    const gate = held();
    const client = new AbortController();
    const running = bounded(() => gate.promise);
    const abandoned = bounded(async () => 'never', client.signal);
    client.abort();
    await expect(abandoned).rejects.toMatchObject({ code: 'overloaded' });
    const next = bounded(async () => 'next');
    gate.resolve('first');
    expect(await Promise.all([running, next])).toEqual(['first', 'next']);
  });

  test('gives the turn back when the work fails', async () => {
    const bounded = createBoundedWork({ concurrency: 1, queue: 0 });
    await expect(bounded(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await bounded(async () => 'fine')).toBe('fine');
  });
});
