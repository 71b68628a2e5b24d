import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readLog } from './read-log.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = (key: string) =>
  JSON.stringify({
    at: '2026-01-31T09:00:00.000Z',
    buyer: 1,
    userId: 'user-1',
    kind: 'charge',
    key,
    body: { userId: 'user-1', amount: 1 },
    attempt: 1,
    outcome: 'unknown',
    latencyMs: 1,
  });

async function keysOf(name: string, content: string | Buffer): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const keys: string[] = [];
  for await (const { key } of readLog(path)) keys.push(key);
  return keys;
}

const keys = Array.from({ length: 20_000 }, (_, number) => `key-${number}`);
const log = `${keys.map(line).join('\n')}\n\n`;

describe("a client's log", () => {
  test('is read as it is, or packed, or in packed pieces one behind the other', async () => {
    expect(await keysOf('log.jsonl', log)).toEqual(keys);
    expect(await keysOf('log.jsonl.gz', gzipSync(log))).toEqual(keys);
    const half = log.indexOf('\n', log.length / 2) + 1;
    const pieces = Buffer.concat([gzipSync(log.slice(0, half)), gzipSync(log.slice(half))]);
    expect(await keysOf('pieces.gz', pieces)).toEqual(keys);
  });

  test.each([
    ['is cut off', gzipSync(log).subarray(0, -2_000), /cannot read .*packed\.gz: .*unexpected end of file/],
    ['is not packed', log, /cannot read .*packed\.gz: .*incorrect header check/],
    ['has a line of another kind', gzipSync(`${line('a')}\nb\n`), /packed\.gz:2 is not a line of a client's log/],
  ])('that %s is refused and not taken for all there is', async (_, content, problem) => {
    await expect(keysOf('packed.gz', content)).rejects.toThrow(problem);
  });

  test('may be left in the middle', async () => {
    writeFileSync(join(folder, 'left.gz'), gzipSync(log));
    for await (const { key } of readLog(join(folder, 'left.gz'))) {
      expect(key).toBe('key-0');
      break;
    }
  });

  test.each(['nothing.jsonl', 'nothing.gz'])('that is not there is refused: %s', async (name) => {
    const read = readLog(join(folder, name));
    await expect(read.next()).rejects.toThrow(/cannot read .*ENOENT/);
  });
});
