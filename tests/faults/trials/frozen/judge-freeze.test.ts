import { describe, expect, test } from '@jest/globals';
import { chargeOf } from '../../load/requests.ts';
import type { Heeded } from '../ground/attempts.ts';
import { figuresOf, type JudgeFreeze, judgeFreeze } from './judge-freeze.ts';

const request = chargeOf({ number: 1, userId: 'user-1', token: 'token' }, 'k', 10);

function told(doneMs: number, more: Partial<Heeded> = {}): Heeded {
  return { request, sentMs: doneMs - 10, doneMs, hungUp: false, outcome: 'ok', status: 200, ...more };
}

/** Ten a second from one time to the other. */
const steady = (fromMs: number, toMs: number): Heeded[] =>
  Array.from({ length: (toMs - fromMs) / 100 }, (_, index) => told(fromMs + 50 + index * 100));

const instance = { name: 'order', pids: new Set([7]), firstMib: 100, mostMib: 120 };
const busy: Partial<Heeded> = { outcome: 'refused', status: 503, code: 'busy', retryAfterMs: 1_000 };

function freezeWith(more: Partial<JudgeFreeze>): JudgeFreeze {
  return {
    name: 'Redis',
    before: { fromMs: 0, toMs: 10_000 },
    frozen: { fromMs: 10_000, toMs: 20_000 },
    attempts: [...steady(0, 10_000), told(15_000, busy), ...steady(22_000, 40_000)],
    seen: [instance],
    heldBack: 3,
    ...more,
  };
}

describe('a frozen dependency', () => {
  test('breaks nothing when what needs it is refused with a time, and the rate comes back', () => {
    expect(judgeFreeze(freezeWith({}))).toEqual([]);
    expect(figuresOf(freezeWith({}))).toEqual({
      ratePerSecond: 10,
      backAfterMs: 7_000,
      longestMs: 10,
      answered: 1,
      refused: 1,
      grewMib: 20,
    });
  });

  test('may not leave a request without an answer, nor with a 5xx that says no time', () => {
    const silent = { request, sentMs: 12_000, doneMs: 13_000, hungUp: false, outcome: 'unknown' } as const;
    const attempts = [...freezeWith({}).attempts, silent, told(14_000, { outcome: 'unknown', status: 500 })];
    expect(judgeFreeze(freezeWith({ attempts }))).toEqual([
      'Redis frozen: 2 requests had no answer, or a 5xx without a time to come again: the first none',
    ]);
    const hungUp = [...freezeWith({}).attempts, { ...silent, hungUp: true }];
    expect(judgeFreeze(freezeWith({ attempts: hungUp }))).toEqual([]);
  });

  test('may not keep anyone waiting', () => {
    const attempts = [...freezeWith({}).attempts, told(28_000, { ...busy, sentMs: 12_000 })];
    expect(judgeFreeze(freezeWith({ attempts }))).toEqual(['Redis frozen: an answer took 16000 ms']);
  });

  test('may not slow the shop down for longer than 15 s after the thaw', () => {
    const attempts = [...steady(0, 10_000), ...steady(31_000, 40_000)];
    expect(judgeFreeze(freezeWith({ attempts }))).toEqual(['Redis frozen: the earlier rate was not back within 15 s']);
  });

  test('may not end a process, nor let one grow without bound', () => {
    const seen = [
      { ...instance, pids: new Set([7, 8]) },
      { ...instance, name: 'point', mostMib: 300 },
    ];
    expect(judgeFreeze(freezeWith({ seen }))).toEqual([
      'Redis frozen: order was started anew',
      'Redis frozen: point grew from 100 to 300 MiB',
    ]);
  });
});
