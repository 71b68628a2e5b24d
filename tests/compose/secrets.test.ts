import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { composeFile } from './support/compose-file.ts';
import { inCheckout } from './support/in-checkout.ts';
import { makeSecrets } from './support/made-secrets.ts';

const secrets = makeSecrets();
afterAll(() => secrets.remove());

const contents = () =>
  Object.fromEntries(
    readdirSync(secrets.folder).map((name) => [name, readFileSync(join(secrets.folder, name), 'utf8')]),
  );

describe('compose/make-secrets.sh', () => {
  test('makes exactly what compose.yaml names', () => {
    const named = Object.entries(composeFile.secrets).map(([name, { file }]) => {
      expect(file).toBe(`./compose/secrets/${name}`);
      return basename(file);
    });
    expect(Object.keys(contents()).toSorted()).toEqual(named.toSorted());
    for (const text of Object.values(contents())) expect(text.length).toBeGreaterThanOrEqual(32);
  });

  test('keeps other users of the machine out, by the folder', () => {
    expect(statSync(secrets.folder).mode & 0o777).toBe(0o700);
    // Containers have users of their own, which read the files that are mounted for them.
    for (const name of readdirSync(secrets.folder)) {
      expect([name, statSync(join(secrets.folder, name)).mode & 0o777]).toEqual([name, 0o644]);
    }
  });

  test('leaves alone what is there, and makes anew what is not', () => {
    const before = contents();
    rmSync(join(secrets.folder, 'redis-password'));
    secrets.makeAgain();
    const after = contents();
    expect(after['redis-password']).not.toBe(before['redis-password']);
    expect({ ...after, 'redis-password': '' }).toEqual({ ...before, 'redis-password': '' });
  });

  test('makes a certificate, its key and its authority together', () => {
    const before = contents();
    rmSync(join(secrets.folder, 'mysql-ca'));
    secrets.makeAgain();
    const after = contents();
    for (const name of ['mysql-ca', 'mysql-certificate', 'mysql-key']) expect(after[name]).not.toBe(before[name]);
  });

  test('writes where git does not look', () => {
    expect(readFileSync(inCheckout('.gitignore'), 'utf8').split('\n')).toContain('compose/secrets/');
  });
});
