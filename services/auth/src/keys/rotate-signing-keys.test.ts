import { describe, expect, test } from '@jest/globals';
import { keysStillNeeded } from './rotate-signing-keys.ts';
import type { SigningKey } from './signing-key.ts';

const times = { publishSeconds: 600, tokenTtlSeconds: 900 };
const now = new Date('2026-06-01T12:00:00Z');
const key = (kid: string, activeSecondsAgo: number): SigningKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'x',
  d: 'd',
  kid,
  activeFrom: new Date(now.getTime() - activeSecondsAgo * 1000).toISOString(),
});
const kids = (keys: SigningKey[]) => keysStillNeeded(keys, now, times).map(({ kid }) => kid);

describe('keys still needed', () => {
  test('are the signer, those to come, and those whose last token may live', () => {
    const keys = [key('to-come', -300), key('signer', 100), key('just-retired', 2_000)];
    expect(kids(keys)).toEqual(['just-retired', 'signer', 'to-come']);
  });

  test('are not those whose last token is dead, with a minute to spare', () => {
    expect(kids([key('old', 9_000), key('signer', 961)])).toEqual(['signer']);
    expect(kids([key('old', 9_000), key('signer', 959)])).toEqual(['old', 'signer']);
  });

  test('are at least the newest, however old', () => {
    expect(kids([key('ancient', 1_000_000)])).toEqual(['ancient']);
  });
});
