import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@onsale/platform/telemetry';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { createSigningKeys } from './create-signing-keys.ts';
import { followSigningKeys } from './follow-signing-keys.ts';
import { loadSigningKeys } from './load-signing-keys.ts';
import { mintAccessToken } from './mint-access-token.ts';
import { rotateKeyFile } from './rotate-key-file.ts';

const start = new Date('2026-06-01T12:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const times = { publishSeconds: 600, tokenTtlSeconds: 900 };
const claims = { userId: 'u-1', role: 'admin', issuer: 'onsale', audience: 'onsale', ttlSeconds: 900 } as const;
const log = createLogger({ name: 'test', level: 'silent' });
let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-keys-'));
  path = join(folder, 'keys.json');
});
afterEach(() => rm(folder, { recursive: true }));

const kidAt = async (now: Date) =>
  decodeProtectedHeader(await mintAccessToken(await loadSigningKeys(path), claims, now)).kid;

describe('the file of signing keys', () => {
  test('is made once, for its owner only, with a key that signs at once', async () => {
    await createSigningKeys(path, start);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(createSigningKeys(path, start)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readdir(folder)).toEqual(['keys.json']);

    const keys = await loadSigningKeys(path);
    const token = await mintAccessToken(keys, claims, start);
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks.keys] }), {
      currentDate: start,
      issuer: 'onsale',
      audience: 'onsale',
    });
    expect(payload).toMatchObject({ sub: 'u-1', role: 'admin', exp: start.getTime() / 1000 + 900 });
  });

  test('never publishes the private part', async () => {
    await createSigningKeys(path, start);
    expect(JSON.stringify((await loadSigningKeys(path)).jwks)).not.toContain('"d"');
  });

  test('rotates: a key is published before it signs, and goes when its last token is dead', async () => {
    expect(await rotateKeyFile(path, start, times)).toMatchObject({ created: true });
    const first = await kidAt(start);
    expect((await rotateKeyFile(path, after(10), times)).dropped).toEqual([]);
    expect(await kidAt(after(609))).toBe(first);
    const second = await kidAt(after(610));
    expect(second).not.toBe(first);
    expect((await rotateKeyFile(path, after(1_560), times)).dropped).toEqual([]);
    expect((await rotateKeyFile(path, after(1_580), times)).dropped).toEqual([first]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('is left alone by a rotation that cannot read it', async () => {
    await writeFile(path, '{"keys":[]}');
    await expect(rotateKeyFile(path, start, times)).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('{"keys":[]}');
  });

  test('is read again when it changes, and while it is broken the known keys stay', async () => {
    let now = start;
    await createSigningKeys(path, start);
    const keys = await followSigningKeys({ path, log, clock: { now: () => now } });
    const kids = async () => (await keys()).signers.length;
    expect(await kids()).toBe(1);
    await rotateKeyFile(path, start, times);
    expect(await kids()).toBe(1);
    now = after(1);
    expect(await kids()).toBe(2);
    await writeFile(path, 'broken');
    now = after(2);
    expect(await kids()).toBe(2);
  });
});
