import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ConfigError } from '@onsale/platform/service';
import { findEnvironment } from './find-environment.ts';

let folder: string;
const write = (content: string) => writeFile(join(folder, 'operations.env.json'), content);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onsale-backfill-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('an environment that names a database is taken as it is', async () => {
  const given = { DB_HOST: 'primary', ONSALE_DATA_FOLDER: folder };
  expect(await findEnvironment(given)).toBe(given);
});

test('else the local platform tells, and what is given goes before it', async () => {
  await write(
    JSON.stringify({
      env: { REDIS_CACHE_URL: 'redis://local', LOG_LEVEL: 'info' },
      schemas: { auth: { DB_NAME: 'auth' }, commerce: { DB_NAME: 'commerce', DB_HOST: 'local' } },
    }),
  );
  expect(await findEnvironment({ ONSALE_DATA_FOLDER: folder, LOG_LEVEL: 'error' })).toEqual({
    ONSALE_DATA_FOLDER: folder,
    REDIS_CACHE_URL: 'redis://local',
    LOG_LEVEL: 'error',
    DB_NAME: 'commerce',
    DB_HOST: 'local',
  });
});

test('without either, or with a damaged file, one line says so', async () => {
  const missing = findEnvironment({ ONSALE_DATA_FOLDER: join(folder, 'nowhere') });
  await expect(missing).rejects.toThrow(ConfigError);
  await expect(missing).rejects.toThrow('npm start makes one');
  await write('{"env": {');
  await expect(findEnvironment({ ONSALE_DATA_FOLDER: folder })).rejects.toThrow('is damaged');
});
