import { describe, expect, test } from '@jest/globals';
import { whileBeating } from './while-beating.ts';

const alive = () => new AbortController().signal;

describe('work with a heartbeat', () => {
  test('is kept alive for as long as it runs, and no longer', async () => {
    let beats = 0;
    const enough = Promise.withResolvers<void>();
    const heartbeat = async () => {
      beats += 1;
      if (beats === 3) enough.resolve();
    };
    await whileBeating(() => enough.promise, { signal: alive(), heartbeat, everyMs: 1 });
    expect(beats).toBe(3);
  });

  test('ends with the heartbeat’s error when the partition is lost, and is told so', async () => {
    const lost = new Error('rebalancing');
    let told: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      told = signal;
      return new Promise<void>(() => undefined);
    };
    const beating = { signal: alive(), heartbeat: () => Promise.reject(lost), everyMs: 1 };
    await expect(whileBeating(work, beating)).rejects.toBe(lost);
    expect(told?.reason).toBe(lost);
  });

  test('ends when the signal aborts, or has aborted', async () => {
    const ending = new AbortController();
    const beating = { signal: ending.signal, heartbeat: async () => undefined, everyMs: 60_000 };
    const hanging = whileBeating(() => new Promise(() => undefined), beating);
    ending.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
    let begun = false;
    const late = whileBeating(async () => {
      begun = true;
    }, beating);
    await expect(late).rejects.toThrow('enough');
    expect(begun).toBe(false);
  });

  test('rejects as the work does', async () => {
    const beating = { signal: alive(), heartbeat: async () => undefined };
    await expect(whileBeating(() => Promise.reject(new Error('no')), beating)).rejects.toThrow('no');
  });
});
