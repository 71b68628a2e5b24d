import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@onsale/platform/telemetry';
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, exportJWK, jwtVerify } from 'jose';
import { followSigningKeys } from './follow-signing-keys.ts';
import { loadSigningKeys } from './load-signing-keys.ts';
import { mintAccessToken } from './mint-access-token.ts';
import { rotateKeyFile } from './rotate-key-file.ts';

const now = new Date('2026-06-01T12:00:00Z');
const claims = { userId: 'u-1', role: 'user', issuer: 'onsale', audience: 'onsale', ttlSeconds: 900 } as const;
const log = createLogger({ name: 'test', level: 'silent' });
let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pem-keys-'));
  path = join(folder, 'signing-keys');
});
afterEach(() => rm(folder, { recursive: true }));

const newKey = () => generateKeyPairSync('ed25519').privateKey;
const pem = (...keys: KeyObject[]) =>
  keys.map((key) => key.export({ type: 'pkcs8', format: 'pem' }).toString()).join('');
const kidOf = async (key: KeyObject) => calculateJwkThumbprint(await exportJWK(key));
const signerOf = async (keys: Awaited<ReturnType<typeof loadSigningKeys>>) =>
  decodeProtectedHeader(await mintAccessToken(keys, claims, now)).kid;

describe('a PEM file of signing keys', () => {
  test('signs with its first key, and publishes all by their thumbprints', async () => {
    const pair = [newKey(), newKey()];
    await writeFile(path, `Made by hand.\n${pem(...pair)}`);
    const keys = await loadSigningKeys(path);
    const kids = await Promise.all(pair.map(kidOf));
    expect(keys.jwks.keys.map(({ kid }) => kid)).toEqual(kids);
    expect(JSON.stringify(keys.jwks)).not.toContain('"d"');
    const token = await mintAccessToken(keys, claims, now);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', kid: kids[0] });
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks.keys] }), { currentDate: now });
    expect(payload.sub).toBe('u-1');
  });

  test('is read as openssl writes it', async () => {
    await writeFile(
      path,
      '-----BEGIN PRIVATE KEY-----\r\nMC4CAQAwBQYDK2VwBCIEIKgtaOF5f9RirApfFdxpiX0cxia9gBQyJQqKHWbFKi4A\r\n-----END PRIVATE KEY-----\r\n',
    );
    expect((await loadSigningKeys(path)).signers).toHaveLength(1);
  });

  test('is not rotated by the command for JSON', async () => {
    await writeFile(path, pem(newKey()));
    await expect(rotateKeyFile(path, now, { publishSeconds: 600, tokenTtlSeconds: 900 })).rejects.toThrow('PEM');
  });

  test('that Kubernetes mounts is read again when the Secret has changed', async () => {
    // As the kubelet does it: the file is a link into ..data, itself a link that is replaced as a whole.
    const [old, next] = [newKey(), newKey()];
    const swapTo = async (revision: string, text: string) => {
      await mkdir(join(folder, revision));
      await writeFile(join(folder, revision, 'signing-keys'), text);
      await symlink(revision, join(folder, '..data_tmp'));
      await rename(join(folder, '..data_tmp'), join(folder, '..data'));
    };
    await swapTo('..2026_06_01', pem(old));
    await symlink(join('..data', 'signing-keys'), path);
    let time = now;
    const keys = await followSigningKeys({ path, log, clock: { now: () => time } });
    expect(await signerOf(await keys())).toBe(await kidOf(old));

    await swapTo('..2026_06_02', pem(old, next));
    await rm(join(folder, '..2026_06_01'), { recursive: true });
    time = new Date(now.getTime() + 1_000);
    expect((await keys()).jwks.keys).toHaveLength(2);
    expect(await signerOf(await keys())).toBe(await kidOf(old));

    await swapTo('..2026_06_03', pem(next, old));
    time = new Date(now.getTime() + 2_000);
    expect(await signerOf(await keys())).toBe(await kidOf(next));
  });
});

describe('a file of signing keys is refused in one line', () => {
  const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const refusals: [string, () => string, string][] = [
    ['an RSA key', () => pem(newKey(), rsa().privateKey), 'key 2 is of type rsa; give Ed25519 private keys'],
    [
      'an old RSA key',
      () => rsa().privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      'key 1 is a PEM block RSA PRIVATE KEY;',
    ],
    [
      'a public key',
      () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'key 1 is a PEM block PUBLIC KEY;',
    ],
    ['another curve', () => pem(generateKeyPairSync('x25519').privateKey), 'key 1 is of type x25519;'],
    ['a broken key', () => pem(newKey()).replace('MC4C', 'XXXX'), 'key 1 cannot be decoded;'],
    ['half a key', () => pem(newKey()).slice(0, 60), 'a PEM block has no end;'],
    ['the same key twice', () => pem(...Array(2).fill(newKey())), 'keys: each kid at most once'],
    ['something else', () => 'secret words', 'it is neither JSON, as rotate-keys makes it, nor PEM'],
    ['no keys', () => '{"keys":[]}', 'keys: '],
  ];
  test.each(refusals)('%s', async (_, text, words) => {
    await writeFile(path, text());
    const refusal = await loadSigningKeys(path).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'KeyFileError', message: expect.stringContaining(words) });
    expect(String(refusal)).not.toMatch(/\n|secret/);
  });
});
