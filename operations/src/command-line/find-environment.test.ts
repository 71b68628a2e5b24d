import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { kafkaEnvironment, schemaEnvironment } from './find-environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onsale-operations-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const local = {
  env: { KAFKA_BROKERS: 'local:9092', KAFKA_TOPIC_PREFIX: '' },
  schemas: { commerce: { DB_HOST: 'local', DB_NAME: 'commerce' }, auth: { DB_HOST: 'local', DB_NAME: 'auth' } },
};
const leave = (content: unknown) => writeFile(join(folder, 'operations.env.json'), JSON.stringify(content));

describe('the brokers', () => {
  test('are those given', async () => {
    const given = { KAFKA_BROKERS: 'b:9092', ONSALE_DATA_FOLDER: '/nowhere' };
    expect(await kafkaEnvironment(given)).toBe(given);
  });

  test("are else the local platform's, under what was given", async () => {
    await leave(local);
    const given = { ONSALE_DATA_FOLDER: folder, KAFKA_TOPIC_PREFIX: 'p-' };
    expect(await kafkaEnvironment(given)).toEqual({ ...given, KAFKA_BROKERS: 'local:9092' });
  });

  test('must be somewhere', async () => {
    await expect(kafkaEnvironment({ ONSALE_DATA_FOLDER: folder })).rejects.toThrow('npm start makes one');
    await leave({ env: 1 });
    await expect(kafkaEnvironment({ ONSALE_DATA_FOLDER: folder })).rejects.toThrow('is damaged');
  });
});

describe('the schema', () => {
  test('is the one given, which must not be another than was asked for', async () => {
    const given = { DB_HOST: 'db', DB_NAME: 'commerce' };
    expect(await schemaEnvironment(given, undefined)).toBe(given);
    expect(await schemaEnvironment(given, 'commerce')).toBe(given);
    await expect(schemaEnvironment(given, 'auth')).rejects.toThrow('DB_NAME is commerce, not auth');
  });

  test("is else the local platform's of that name", async () => {
    await leave(local);
    const given = { ONSALE_DATA_FOLDER: folder };
    expect(await schemaEnvironment(given, 'auth')).toMatchObject(local.schemas.auth);
    await expect(schemaEnvironment(given, 'shop')).rejects.toThrow('it must be one of commerce, auth');
    await expect(schemaEnvironment(given, undefined)).rejects.toThrow('--schema must be one of commerce, auth');
  });
});
