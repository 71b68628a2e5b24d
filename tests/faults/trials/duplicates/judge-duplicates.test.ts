import { describe, expect, test } from '@jest/globals';
import type { KeyRecord } from '../../load/key-record.ts';
import { chargeOf } from '../../load/requests.ts';
import type { Told } from '../asking/asking.ts';
import { judgeDuplicates } from './judge-duplicates.ts';

const request = chargeOf({ number: 1, userId: 'user-1', token: 'token' }, 'k', 10);
const record: KeyRecord = { request, attempts: 3, granted: 'entry-1', twoEffects: false };
const granted: Told = { outcome: 'ok', status: 200, tookMs: 10 };

describe('duplicates of one request', () => {
  test('that are all told of its one effect break nothing', () => {
    expect(judgeDuplicates(record, [granted, { ...granted, replayed: true }])).toEqual([]);
  });

  test('may not have two effects', () => {
    expect(judgeDuplicates({ ...record, twoEffects: true }, [granted])).toEqual([
      'charge k was granted twice, first as entry-1',
    ]);
  });

  test('may not be refused, nor stay unknown, while others are granted', () => {
    const soldOut: Told = { outcome: 'refused', status: 409, code: 'sold-out', tookMs: 5 };
    expect(judgeDuplicates(record, [granted, soldOut, soldOut, { outcome: 'unknown', tookMs: 7 }])).toEqual([
      'of 4 times charge k was told: 2 refused sold-out, 1 unknown',
    ]);
  });

  test('are told within half a minute', () => {
    expect(judgeDuplicates(record, [granted, { ...granted, tookMs: 30_001 }])).toEqual([
      'charge k was not told to all for 30001 ms',
    ]);
  });
});
