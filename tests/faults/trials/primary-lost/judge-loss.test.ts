import { describe, expect, test } from '@jest/globals';
import type { KeyRecord } from '../../load/key-record.ts';
import { chargeOf } from '../../load/requests.ts';
import type { Heeded } from '../ground/attempts.ts';
import { judgeLoss } from './judge-loss.ts';

const buyer = { number: 1, userId: 'user-1', token: 'token' };

function grantedAt(key: string, doneMs: number): { record: KeyRecord; attempt: Heeded } {
  const request = chargeOf(buyer, key, 10);
  return {
    record: { request, attempts: 1, granted: `entry-${key}`, toldMs: doneMs, twoEffects: false },
    attempt: { request, sentMs: doneMs - 10, doneMs, hungUp: false, outcome: 'ok', status: 200 },
  };
}

const received = grantedAt('received', 900);
const unheard = grantedAt('unheard', 1_500);
const later = grantedAt('later', 3_000);
const attempts = [received, unheard, later].map(({ attempt }) => attempt);
const span = { stoppedMs: 1_000, lostMs: 2_000 };
const reporting = (total: number) => ({
  checks: [{ name: 'client-log', state: 'broken' as const, broken: { total, rows: [] }, remarks: [] }],
});

describe('a loss that was accepted', () => {
  test('is what was answered while nobody received, and is reported', () => {
    expect(judgeLoss({ ...span, attempts, lost: [unheard.record], audited: reporting(1) })).toEqual([]);
  });

  test('may not be reported as more or less than it is', () => {
    expect(judgeLoss({ ...span, attempts, lost: [unheard.record], audited: reporting(2) })).toEqual([
      '1 keys are missing, and the audit reports 2',
    ]);
  });

  test('may not be of what was received', () => {
    const lost = [received.record, unheard.record];
    expect(judgeLoss({ ...span, attempts, lost, audited: reporting(2) })).toEqual([
      '1 keys are missing that were answered while the replica received: charge received',
    ]);
  });

  test('must be of all that was not', () => {
    expect(judgeLoss({ ...span, attempts, lost: [], audited: reporting(0) })).toEqual([
      '1 keys are there that nobody received: charge unheard',
    ]);
  });

  test('is not known of a key that was asked before, whose effect may have been received', () => {
    const asked = { ...unheard.attempt, sentMs: 900, doneMs: 950, outcome: 'unknown' } as const;
    expect(judgeLoss({ ...span, attempts: [asked, ...attempts], lost: [], audited: reporting(0) })).toEqual([]);
  });
});
