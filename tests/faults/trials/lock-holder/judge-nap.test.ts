import { describe, expect, test } from '@jest/globals';
import type { KeyRecord } from '../../load/key-record.ts';
import type { Request } from '../../load/request.ts';
import { chargeOf, orderOf } from '../../load/requests.ts';
import type { Told } from '../asking/asking.ts';
import { judgeNap } from './judge-nap.ts';
import type { Nap } from './nap.ts';

const buyer = { number: 1, userId: 'user-1', token: 'token' };
const orderLock = 'product:p:lock';
const userLock = 'user:user-1:lock';
const item = { productId: 'p', quantity: 1 };
const [holder, first, second] = ['holder', 'first', 'second'].map((key) => orderOf(buyer, key, [item]));
const charged = chargeOf(buyer, 'sleeper', 10);
const other = chargeOf(buyer, 'other', 10);
const ok: Told = { outcome: 'ok', status: 201, tookMs: 100 };
const soldOut: Told = { outcome: 'refused', status: 409, code: 'sold-out', tookMs: 100 };

const grantedTo =
  (granted: readonly (Request | undefined)[]) =>
  (request: Request): KeyRecord => ({
    request,
    attempts: 1,
    twoEffects: false,
    ...(granted.includes(request) && { granted: request.key }),
  });

function napOf(wants: Nap['wants'], rivals: [string, readonly Told[]][]): Nap {
  return { held: rivals.map(([lock]) => lock), transactions: 1, sleptMs: 4_000, rivals: new Map(rivals), wants };
}

function orderNap(told: { holder: readonly Told[]; rivals: readonly Told[] }): Nap {
  if (!holder || !first || !second) throw new Error('three orders are needed');
  const want = { request: holder, rivals: new Map([[orderLock, [first, second]]]) };
  return napOf([{ want, told: told.holder }], [[orderLock, told.rivals]]);
}

function chargeNap(told: readonly Told[], rival: Told): Nap {
  const want = { request: charged, rivals: new Map([[userLock, [other]]]) };
  return napOf([{ want, told }], [[userLock, [rival]]]);
}

describe('a nap with locks in hand', () => {
  test('breaks nothing when the others got what there was, and the sleeper found it gone', () => {
    const nap = orderNap({ holder: [soldOut, soldOut], rivals: [ok, ok] });
    expect(judgeNap({ nap, recordOf: grantedTo([first, second]), stocks: new Map([['p', 0]]) })).toEqual([]);
  });

  test('breaks nothing when the sleeper had bought before it slept', () => {
    const nap = orderNap({ holder: [ok, ok], rivals: [ok, soldOut] });
    expect(judgeNap({ nap, recordOf: grantedTo([holder, first]), stocks: new Map([['p', 0]]) })).toEqual([]);
  });

  test('may not sell a piece twice, nor leave one', () => {
    const nap = orderNap({ holder: [ok, ok], rivals: [ok, ok] });
    expect(judgeNap({ nap, recordOf: grantedTo([holder, first, second]), stocks: new Map([['p', 0]]) })).toEqual([
      'of 2 pieces of p 3 were granted, 0 are left',
    ]);
    const sold = orderNap({ holder: [soldOut, soldOut], rivals: [ok, soldOut] });
    expect(judgeNap({ nap: sold, recordOf: grantedTo([first]), stocks: new Map([['p', 1]]) })).toEqual([
      'of 2 pieces of p 1 were granted, 1 are left',
    ]);
  });

  test('may not charge twice', () => {
    const recordOf = (request: Request): KeyRecord => ({ ...grantedTo([charged])(request), twoEffects: true });
    expect(judgeNap({ nap: chargeNap([ok, ok], ok), recordOf, stocks: new Map() })).toEqual([
      'charge sleeper had two effects',
    ]);
  });

  test('may not keep others waiting, leave them in the dark or turn them away', () => {
    const unknown: Told = { outcome: 'unknown', tookMs: 50_000 };
    const recordOf = grantedTo([charged]);
    const judge = (nap: Nap) => judgeNap({ nap, recordOf, stocks: new Map() });
    expect(judge(chargeNap([ok, unknown], ok))).toEqual(['charge sleeper was never told']);
    expect(judge(chargeNap([ok, ok], { ...ok, tookMs: 15_500 }))).toEqual([
      'who wanted user:user-1:lock meanwhile waited 15500 ms',
    ]);
    expect(judge(chargeNap([ok, ok], { outcome: 'refused', code: 'lock-not-acquired', tookMs: 1 }))).toEqual([
      'who wanted user:user-1:lock meanwhile was told: refused lock-not-acquired',
    ]);
  });
});
