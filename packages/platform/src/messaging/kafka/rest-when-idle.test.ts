import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import './rest-when-idle.ts';

describe("a broker's queue of requests", () => {
  let queue: RequestQueue;
  let sent: number[];
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    sent = [];
    queue = new RequestQueue({
      maxInFlightRequests: 1,
      requestTimeout: 10_000,
      enforceRequestTimeout: false,
      clientId: 'test',
      broker: 'broker:9092',
      logger: { debug: () => undefined, warn: () => undefined },
    });
  });
  afterEach(() => {
    queue.destroy();
    jest.useRealTimers();
  });

  const ask = (correlationId: number) =>
    queue.push({
      entry: { correlationId, resolve: () => undefined, reject: () => undefined },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  const answer = (correlationId: number) => queue.fulfillRequest({ correlationId, size: 0, payload: null });

  it('wakes nobody while it has nothing to send', () => {
    ask(1);
    answer(1);
    expect(sent).toEqual([1]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what was held back when its turn comes, then rests', () => {
    ask(1);
    ask(2);
    ask(3);
    expect(sent).toEqual([1]);
    answer(1);
    expect(sent).toEqual([1, 2]);
    answer(2);
    answer(3);
    jest.advanceTimersByTime(20);
    expect(sent).toEqual([1, 2, 3]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what waits for a pause to end by itself, then rests', () => {
    queue.maybeThrottle(500);
    ask(1);
    jest.advanceTimersByTime(499);
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(20);
    expect(sent).toEqual([1]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
