import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { injectFaults, type StagedFault } from './inject-faults.ts';

const nothing = new AbortController().signal;

/** What a fault of these tests writes down; none of them breaks anything. */
interface Seen {
  readonly log: string[];
  fault(name: string, more?: { touches?: readonly string[]; holds?: Promise<void>; happens?: boolean[] }): StagedFault;
}

function seen(): Seen {
  const log: string[] = [];
  return {
    log,
    fault: (name, { touches, holds = Promise.resolve(), happens = [true] } = {}) => ({
      name,
      takesMs: 1_000,
      ...(touches && { touches }),
      async inject() {
        log.push(`${name} begins`);
        await holds;
        log.push(`${name} ends`);
        return { happened: happens.shift() ?? true, what: 'seen' };
      },
    }),
  };
}

function inject(faults: readonly StagedFault[], signal = nothing) {
  return injectFaults({
    planned: faults.map(({ name }) => ({ name, atMs: 0, seed: name })),
    faults,
    now: () => performance.now(),
    say: () => undefined,
    signal,
  });
}

describe('faults of a plan', () => {
  test('are one after the other while they are at odds', async () => {
    const { log, fault } = seen();
    await inject([fault('one', { touches: ['redis'] }), fault('two', { touches: ['redis', 'mysql'] }), fault('three')]);
    expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  });

  test('overlap when they break different things', async () => {
    const { log, fault } = seen();
    const { promise: holds, resolve } = Promise.withResolvers<void>();
    const injecting = inject([fault('one', { touches: ['redis'], holds }), fault('two', { touches: ['mysql'] })]);
    while (!log.includes('two ends')) await pause(1);
    resolve();
    await injecting;
    expect(log).toEqual(['one begins', 'two begins', 'two ends', 'one ends']);
  });

  test('are tried again when they did not happen, twice at most', async () => {
    const { log, fault } = seen();
    const injected = await inject([
      fault('one', { happens: [false, true] }),
      fault('two', { happens: [false, false, false] }),
    ]);
    expect(injected.map(({ evidence }) => evidence.happened)).toEqual([true, false]);
    expect(log.filter((line) => line === 'two begins')).toHaveLength(3);
  });

  test('do not begin when the run is to end', async () => {
    const { log, fault } = seen();
    expect(await inject([fault('one')], AbortSignal.abort())).toEqual([]);
    expect(log).toEqual([]);
  });

  test('must be known', async () => {
    const planned = [{ name: 'unheard of', atMs: 0, seed: '' }];
    const options = { planned, faults: [], now: () => 0, say: () => undefined, signal: nothing };
    await expect(injectFaults(options)).rejects.toThrow('there is no fault unheard of');
  });
});
