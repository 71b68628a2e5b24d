import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ensureDataPlatformKey } from './data-platform-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the key is the same at every start, and in a file for this user alone', () => {
  const file = join(folder, 'key.json');
  const key = ensureDataPlatformKey(file);
  expect(key.length).toBeGreaterThanOrEqual(32);
  expect(ensureDataPlatformKey(file)).toBe(key);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('every data folder has a key of its own', () => {
  expect(ensureDataPlatformKey(join(folder, 'one.json'))).not.toBe(ensureDataPlatformKey(join(folder, 'other.json')));
});
