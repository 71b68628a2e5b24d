import { describe, expect, test } from '@jest/globals';
import { type Answer, afterAnswer, type Candidate, leads, newCandidate, nextAction } from './candidate.ts';
import { freeSpec, heldSpec, type Lease } from './lease.ts';
import { leaseTiming } from './lease-timing.ts';

const lease = (spec: Lease['spec'], resourceVersion = 'free'): Lease => ({
  metadata: { name: 'onsale-relay-commerce', resourceVersion },
  spec,
});
const heldBy = (identity: string, at: string) =>
  lease(heldSpec({}, { identity, leaseSeconds: 15, now: new Date(at) }), at);
const noon = '2026-06-01T12:00:00Z';
const later = '2026-06-01T12:00:03Z';

const me = newCandidate('me');
const after = (candidate: Candidate, answer: Answer, answeredMs: number, sentMs = answeredMs) =>
  afterAnswer(candidate, answer, { sentMs, answeredMs, random: 0.5 }, leaseTiming);
const found = (candidate: Candidate, what: Lease, atMs: number) =>
  after(candidate, { kind: 'found', lease: what }, atMs);
const elected = (sentMs: number, answeredMs = sentMs) =>
  after(me, { kind: 'written', lease: heldBy('me', noon) }, answeredMs, sentMs);

describe('one that stands for a lease', () => {
  test('reads it first', () => {
    expect(nextAction(me, 0)).toEqual({ kind: 'read' });
  });

  test('makes one when there is none', () => {
    expect(nextAction(after(me, { kind: 'missing' }, 0), 0)).toEqual({ kind: 'create' });
  });

  test('takes one that was let go at once', () => {
    const free = lease(freeSpec(heldBy('other', noon).spec, new Date(later)));
    expect(nextAction(found(me, free, 0), 0)).toEqual({ kind: 'hold', lease: free });
  });

  test('takes one that nobody renewed for its whole time before its own eyes', () => {
    const held = heldBy('other', noon);
    let candidate = found(me, held, 0);
    expect(nextAction(candidate, 0)).toEqual({ kind: 'rest', untilMs: leaseTiming.lookEveryMs });
    candidate = found(candidate, held, 14_500);
    expect(nextAction(candidate, 14_500)).toEqual({ kind: 'rest', untilMs: 15_000 });
    candidate = found(candidate, held, 15_000);
    expect(nextAction(candidate, 15_000).kind).toBe('hold');
  });

  test('leaves alone one that is renewed', () => {
    const candidate = found(found(me, heldBy('other', noon), 0), heldBy('other', later), 15_000);
    expect(nextAction(candidate, 15_000).kind).toBe('rest');
  });

  test.each(['1999-01-01T00:00:00Z', '2999-01-01T00:00:00Z'])('does not care what time its holder has: %s', (at) => {
    expect(nextAction(found(me, heldBy('other', at), 0), 14_999).kind).toBe('read');
    expect(nextAction(found(found(me, heldBy('other', at), 0), heldBy('other', at), 15_000), 15_000).kind).toBe('hold');
  });

  test('goes by the time that the holder asked for', () => {
    const held = lease({ ...heldBy('other', noon).spec, leaseDurationSeconds: 60 });
    expect(nextAction(found(found(me, held, 0), held, 59_000), 59_999)).toMatchObject({
      kind: 'rest',
      untilMs: 60_000,
    });
  });

  test('looks again after another was quicker, or when nobody answered', () => {
    for (const kind of ['conflict', 'failed'] as const) {
      const candidate = after(found(me, lease({}), 0), { kind }, 0);
      expect(nextAction(candidate, 0).kind).toBe('rest');
      expect(nextAction(candidate, 10_000)).toEqual({ kind: 'read' });
    }
  });
});

describe('one that leads', () => {
  test('counts its time from when its renewal was sent', () => {
    const leader = elected(1_000, 2_900);
    expect([leads(leader, 10_999), leads(leader, 11_000)]).toEqual([true, false]);
    expect(nextAction(leader, 2_900)).toEqual({ kind: 'rest', untilMs: 4_000 });
    expect(nextAction(leader, 4_000).kind).toBe('hold');
  });

  test('tries again when nobody answered, and leads no longer for that', () => {
    const leader = after(elected(0), { kind: 'failed' }, 5_000, 3_000);
    expect(nextAction(leader, 5_000)).toEqual({ kind: 'rest', untilMs: 6_000 });
    expect([leads(leader, 9_999), leads(leader, 10_000)]).toEqual([true, false]);
  });

  test('leads on when somebody wrote a word on its lease', () => {
    const leader = found(after(elected(0), { kind: 'conflict' }, 3_000), heldBy('me', noon), 3_300);
    expect(leads(leader, 3_300)).toBe(true);
    expect(nextAction(leader, 3_300).kind).toBe('hold');
  });

  test.each([
    ['another has the lease', { kind: 'found', lease: heldBy('other', later) }],
    ['it was taken from it', { kind: 'found', lease: lease(freeSpec(heldBy('me', noon).spec, new Date(later))) }],
    ['the lease is gone', { kind: 'missing' }],
  ] as const)('has lost when %s', (_, answer) => {
    expect(leads(after(elected(0), answer, 100), 100)).toBe(false);
  });
});

test('a lease tells people how often it changed hands, and since when it is held', () => {
  const first = heldSpec({}, { identity: 'a', leaseSeconds: 15, now: new Date(noon) });
  expect(first).toEqual({
    holderIdentity: 'a',
    leaseDurationSeconds: 15,
    acquireTime: '2026-06-01T12:00:00.000000Z',
    renewTime: '2026-06-01T12:00:00.000000Z',
    leaseTransitions: 0,
  });
  const renewed = heldSpec(first, { identity: 'a', leaseSeconds: 15, now: new Date(later) });
  expect(renewed).toEqual({ ...first, renewTime: '2026-06-01T12:00:03.000000Z' });
  const free = freeSpec(renewed, new Date(later));
  expect(free).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1, leaseTransitions: 0 });
  expect(heldSpec(free, { identity: 'b', leaseSeconds: 15, now: new Date(later) })).toMatchObject({
    holderIdentity: 'b',
    acquireTime: '2026-06-01T12:00:03.000000Z',
    leaseTransitions: 1,
  });
});
