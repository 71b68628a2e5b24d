import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findEnvironment } from './find-environment.ts';
import { readArguments } from './read-arguments.ts';

describe('the arguments', () => {
  test.each([
    [[], { json: false, help: false }],
    [['--json', '--wait', '2.5'], { json: true, help: false, waitMs: 2_500 }],
    [['--client-log=a.jsonl', '--wait=0'], { json: false, help: false, clientLog: 'a.jsonl', waitMs: 0 }],
  ])('%j', (args, expected) => {
    expect(readArguments(args)).toEqual(expected);
  });

  test.each([
    [['--wait', 'long'], '--wait must be'],
    [['--wait='], '--wait must be'],
    [['--wait=-1'], '--wait must be'],
    [['--jsno'], "Unknown option '--jsno'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('%j is refused with the usage', (args, problem) => {
    expect(() => readArguments(args)).toThrow(problem);
    expect(() => readArguments(args)).toThrow('usage: npm run audit');
  });
});

describe('the environment', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onsale-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is what was given, when it speaks of a schema', async () => {
    const given = { AUDIT_AUTH_HOST: 'db', ONSALE_DATA_FOLDER: '/nowhere' };
    expect(await findEnvironment(given)).toBe(given);
  });

  test('is else what the local platform left, under what was given', async () => {
    await writeFile(
      join(folder, 'audit.env.json'),
      JSON.stringify({ env: { AUDIT_COMMERCE_HOST: '127.0.0.1', AUDIT_KEYS_RETENTION_HOURS: '24' } }),
    );
    const given = { ONSALE_DATA_FOLDER: folder, AUDIT_KEYS_RETENTION_HOURS: '48' };
    expect(await findEnvironment(given)).toEqual({ ...given, AUDIT_COMMERCE_HOST: '127.0.0.1' });
  });

  test('is refused when there is none, or a damaged one', async () => {
    await expect(findEnvironment({ ONSALE_DATA_FOLDER: join(folder, 'none') })).rejects.toThrow('npm start makes one');
    await writeFile(join(folder, 'audit.env.json'), '{"env": 1}');
    await expect(findEnvironment({ ONSALE_DATA_FOLDER: folder })).rejects.toThrow('is damaged');
  });
});
