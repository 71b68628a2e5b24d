import { afterEach, describe, expect, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { type ConsumerWatch, type WatchOptions, watchConsumer } from './consumer-watch.ts';

type Watched = Parameters<typeof watchConsumer>[0];

/** A consumer whose events the test makes. */
function consumer() {
  const { events } = new Kafka({ brokers: ['localhost:1'], logLevel: logLevel.NOTHING }).consumer({ groupId: 'g' });
  const listeners = new Map<string, (event: never) => void>();
  const on: Watched['on'] = (name: string, listener: (event: never) => void) => {
    listeners.set(name, listener);
    return () => listeners.delete(name);
  };
  const tell = (name: string, payload: object) =>
    Reflect.apply(listeners.get(name) ?? (() => undefined), undefined, [{ payload }]);
  return {
    watched: { events, on },
    joined: (memberAssignment: Record<string, number[]>) => tell(events.GROUP_JOIN, { memberAssignment }),
    crashed: (error: Error, restart: boolean) => tell(events.CRASH, { error, restart }),
    listening: () => listeners.size,
  };
}

const watches: ConsumerWatch[] = [];
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop();
});

function watch(more: Partial<WatchOptions> = {}) {
  const lost: string[] = [];
  const { watched, ...events } = consumer();
  const options = { signal: new AbortController().signal, onLost: (t: string, p: number) => lost.push(`${t}/${p}`) };
  const made = watchConsumer(watched, { ...options, ...more });
  watches.push(made);
  return { ...events, ...made, lost };
}

describe('the watch over a consumer', () => {
  test('ends the work on partitions that went to another consumer, and on no others', () => {
    const { signalOf, joined, lost } = watch();
    const [kept, gone] = [signalOf('t', 0), signalOf('t', 1)];
    joined({ t: [0, 2] });
    expect([kept.aborted, gone.aborted]).toEqual([false, true]);
    expect(lost).toEqual(['t/1']);
    expect(signalOf('t', 1).aborted).toBe(false);
    joined({});
    expect(kept.aborted).toBe(true);
  });

  test('ends all work, and the job, with the signal', async () => {
    const ending = new AbortController();
    const { signalOf, ended } = watch({ signal: ending.signal });
    const signal = signalOf('t', 0);
    ending.abort();
    await ended;
    expect(signal.aborted).toBe(true);
  });

  test('ends the job with the error that the consumer gave up with, unless it begins anew by itself', async () => {
    const { crashed, ended } = watch();
    crashed(new Error('a pause'), true);
    crashed(new Error('for good'), false);
    await expect(ended).rejects.toThrow('for good');
  });

  test('ends the job when the consumer has fallen silent', async () => {
    const { ended } = watch({ silenceMs: 10 });
    await expect(ended).rejects.toThrow('no sign of life for 10 ms');
  });

  test('listens no more when it is stopped', () => {
    const { stop, listening } = watch();
    expect(listening()).toBe(3);
    stop();
    expect(listening()).toBe(0);
  });
});
