import { describe, expect, test } from '@jest/globals';
import type { LogLine } from '../sale/log-line.ts';
import { collectDrop } from './collect-drop.ts';
import type { Told } from './told.ts';

function attempt(player: number, number: number, key: string, more: object = {}): Told {
  const line: LogLine = {
    at: '2026-06-01T00:00:00.000Z',
    buyer: 1,
    userId: 'user-00001',
    kind: 'order',
    key,
    body: {},
    attempt: 1,
    outcome: 'ok',
    status: 201,
    response: { id: `order-${key}`, items: [{ productId: 'scarce-1', quantity: 1 }] },
    latencyMs: 5,
  };
  return { told: 'attempt', player, number, lateMs: 1, line, ...more };
}

const played = (player: number, attempts: number): Told => ({
  told: 'played',
  player,
  attempts,
  unresolved: 1,
  durationMs: 1_000 * (player + 1),
});

const whole: Told[] = [
  { told: 'scarce', productId: 'scarce-1' },
  attempt(0, 0, 'a', { lateMs: 7 }),
  attempt(1, 0, 'b'),
  attempt(1, 1, 'b'),
  played(0, 1),
  played(1, 2),
  { told: 'stock', left: 98 },
];

function collect(told: readonly Told[]) {
  const lines: LogLine[] = [];
  let requests = 0;
  const collected = collectDrop({
    players: 2,
    attempted: (line) => lines.push(line),
    requested: () => {
      requests++;
    },
  });
  for (const one of told) collected.hear(one);
  return { end: collected.end, lines, requested: () => requests };
}

describe('what the players of a drop tell', () => {
  test('is put together', () => {
    const { end, lines, requested } = collect(whole);
    expect(end()).toMatchObject({
      requests: 2,
      attempts: 3,
      unresolved: 2,
      durationMs: 2_000,
      latestMs: 7,
      scarceLeft: 98,
      tally: { ok: 3, scarceSold: 2, doubleEffects: [] },
    });
    expect(lines.map(({ key }) => key)).toEqual(['a', 'b', 'b']);
    expect(requested()).toBe(2);
  });

  test('counts once when the log is read again', () => {
    const { end, lines } = collect([...whole.slice(0, 4), ...whole]);
    expect(end()).toMatchObject({ attempts: 3, tally: { ok: 3 } });
    expect(lines).toHaveLength(3);
  });

  test('has no hole', () => {
    const holed = whole.filter((told) => !(told.told === 'attempt' && told.player === 1 && told.number === 0));
    expect(() => collect(holed).end()).toThrow('1 attempts are missing');
  });

  test.each([['scarce'], ['played'], ['stock']])('is not whole without %s', (kind) => {
    expect(() => collect(whole.filter(({ told }) => told !== kind)).end()).toThrow('before the drop did');
  });
});
