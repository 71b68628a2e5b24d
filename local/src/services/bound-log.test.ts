import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { boundLog } from './bound-log.ts';

describe('boundLog', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onsale-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('leaves a short log alone', () => {
    const file = join(folder, 'order.log');
    appendFileSync(file, 'short');
    boundLog(file, 5);
    expect(readFileSync(file, 'utf8')).toBe('short');
    expect(existsSync(`${file}.1`)).toBe(false);
  });

  test('moves a long one aside, in place of the one before', () => {
    const file = join(folder, 'order.log');
    for (const text of ['first long text', 'second long text']) {
      appendFileSync(file, text);
      boundLog(file, 5);
    }
    expect(readFileSync(file, 'utf8')).toBe('');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('second long text');
  });

  test('has nothing to do before the first line', () => {
    expect(() => boundLog(join(folder, 'none.log'), 5)).not.toThrow();
  });
});
