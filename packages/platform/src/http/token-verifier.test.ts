import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportSPKI } from 'jose';
import { createKey, mintWith, startTestIssuer } from './testing/test-issuer.ts';
import { createTokenVerifier } from './token-verifier.ts';

let issuer: Awaited<ReturnType<typeof startTestIssuer>>;
let now: Date;
beforeEach(async () => {
  issuer = await startTestIssuer();
  now = new Date();
});
afterEach(() => issuer.close());

const clock = { now: () => now };
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const verifier = (more: { cooldownMs?: number; timeoutMs?: number } = {}) =>
  createTokenVerifier({ jwksUrl: issuer.jwksUrl, issuer: 'onsale', audience: 'onsale', clock, ...more });
const invalid = { problem: { status: 401, code: 'token-invalid' } };
const expired = { problem: { status: 401, code: 'token-expired' } };
const unavailable = { kind: 'unavailable', code: 'keys-unavailable', retryAfterSeconds: 1 };
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a good token', () => {
  test('names its caller', async () => {
    expect(await verifier()(await issuer.mint({ sub: 'u7', role: 'admin' }))).toEqual({ userId: 'u7', role: 'admin' });
  });

  test('is remembered: the second time needs neither the keys nor a promise', async () => {
    const verify = verifier();
    const token = await issuer.mint();
    const caller = await verify(token);
    await issuer.close();
    expect(verify(token)).toBe(caller);
    expect(issuer.state.looks).toBe(1);
  });

  test('is forgotten when it expires', async () => {
    const verify = verifier();
    const token = await issuer.mint({ expiresAt: new Date(now.getTime() + 5_000) });
    await verify(token);
    later(6_000);
    expect(() => verify(token)).toThrow('The access token has expired.');
    await expect(verify(token)).rejects.toMatchObject(expired);
  });
});

describe('a token is refused', () => {
  const claims: [string, Parameters<typeof mintWith>[1]][] = [
    ['of another issuer', { issuer: 'else' }],
    ['for another audience', { audience: 'queue' }],
    ['of no known role', { role: 'root' }],
    ['whose role is a list', { role: ['admin'] }],
    ['without a subject', { sub: '' }],
    ['with an endless subject', { sub: 'x'.repeat(65) }],
  ];
  for (const [what, minting] of claims) {
    test(what, async () => {
      await expect(verifier()(await issuer.mint(minting))).rejects.toMatchObject(invalid);
    });
  }

  test('that has expired', async () => {
    const token = await issuer.mint({ expiresAt: new Date(now.getTime() - 1_000) });
    await expect(verifier()(token)).rejects.toMatchObject(expired);
  });

  test('that claims to need no signature', async () => {
    const [, payload] = (await issuer.mint({ role: 'admin' })).split('.');
    for (const alg of ['none', 'None']) {
      await expect(verifier()(`${encoded({ alg, kid: 'k1' })}.${payload}.`)).rejects.toMatchObject(invalid);
    }
  });

  test('that is signed with the public key as if it were a shared secret', async () => {
    const [, payload] = (await issuer.mint({ role: 'admin' })).split('.');
    const signed = `${encoded({ alg: 'HS256', kid: 'k1' })}.${payload}`;
    const signature = createHmac('sha256', await exportSPKI(issuer.key.publicKey))
      .update(signed)
      .digest('base64url');
    await expect(verifier()(`${signed}.${signature}`)).rejects.toMatchObject(invalid);
  });

  test('whose payload was changed', async () => {
    const [header, payload = '', signature] = (await issuer.mint()).split('.');
    const claimsOf = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = `${header}.${encoded({ ...claimsOf, role: 'admin' })}.${signature}`;
    await expect(verifier()(forged)).rejects.toMatchObject(invalid);
  });

  test('that is signed by a stranger under a known key id', async () => {
    await expect(verifier()(await mintWith(await createKey('k1')))).rejects.toMatchObject(invalid);
  });
});

describe('keys', () => {
  test('are looked at before the first token comes', async () => {
    const verify = verifier();
    while (issuer.state.looks === 0) await new Promise((turn) => setImmediate(turn));
    await verify(await issuer.mint());
    expect(issuer.state.looks).toBe(1);
  });

  test('are looked at again for a key id not seen before: rotation needs no restart', async () => {
    const verify = verifier({ cooldownMs: 0 });
    await verify(await issuer.mint());
    const next = await createKey('k2');
    issuer.state.published.unshift(next);
    expect(await verify(await mintWith(next, { sub: 'u2' }))).toEqual({ userId: 'u2', role: 'user' });
    expect(await verify(await issuer.mint({ sub: 'u3' }))).toEqual({ userId: 'u3', role: 'user' });
  });

  test('are looked at once in a cooldown, however many unknown keys are named', async () => {
    const verify = verifier();
    const stranger = await createKey('k9');
    for (let i = 0; i < 5; i += 1) {
      await expect(verify(await mintWith(stranger))).rejects.toMatchObject(invalid);
    }
    expect(issuer.state.looks).toBe(1);
  });

  for (const mode of ['fails', 'hangs', 'nonsense'] as const) {
    test(`cannot be had when the issuer ${mode}: the caller is told to come back, then let in`, async () => {
      issuer.state.mode = mode;
      const verify = verifier({ timeoutMs: 200 });
      const token = await issuer.mint();
      await expect(verify(token)).rejects.toMatchObject(unavailable);
      issuer.state.mode = 'well';
      later(600);
      expect(await verify(token)).toMatchObject({ userId: 'u1' });
    });
  }

  test('that are known serve while the issuer is away; a token of an unknown key is not called bad', async () => {
    const verify = verifier({ cooldownMs: 0 });
    await verify(await issuer.mint());
    issuer.state.mode = 'fails';
    await expect(verify(await mintWith(await createKey('k2')))).rejects.toMatchObject(unavailable);
    expect(await verify(await issuer.mint({ sub: 'u4' }))).toMatchObject({ userId: 'u4' });
  });

  test('that were looked at too early are looked at again for the first token', async () => {
    issuer.state.mode = 'fails';
    const verify = verifier();
    const token = await issuer.mint();
    while (issuer.state.looks === 0) await new Promise((turn) => setImmediate(turn));
    issuer.state.mode = 'well';
    // This one may have shared the early look.
    await Promise.resolve(verify(token)).catch(() => undefined);
    expect(await verify(token)).toMatchObject({ userId: 'u1' });
  });

  test('are asked for no more than twice a second while the issuer is away', async () => {
    issuer.state.mode = 'fails';
    const verify = verifier();
    const token = await issuer.mint();
    for (let i = 0; i < 20; i += 1) await expect(verify(token)).rejects.toMatchObject(unavailable);
    expect(issuer.state.looks).toBeLessThanOrEqual(2);
  });
});
