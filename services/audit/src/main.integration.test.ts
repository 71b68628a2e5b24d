import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedServers } from '@onsale/tests/support';
import { type PlantedShop, plantedShop } from './testing/planted-shop.ts';

let planted: PlantedShop;
let env: Record<string, string>;

beforeAll(async () => {
  planted = await plantedShop();
  const { commerce, auth } = planted.schemas;
  const { caFile } = sharedServers();
  const schemas = Object.fromEntries(
    Object.entries({ COMMERCE: commerce, AUTH: auth }).flatMap(([name, access]) => [
      [`AUDIT_${name}_HOST`, access.host],
      [`AUDIT_${name}_PORT`, String(access.port)],
      [`AUDIT_${name}_NAME`, access.database],
      [`AUDIT_${name}_USER`, access.user],
      [`AUDIT_${name}_PASSWORD`, access.password],
      [`AUDIT_${name}_CA_FILE`, caFile],
    ]),
  );
  env = schemas;
  await build();
});

afterAll(() => planted?.close());

/** Fills the shop, and the environment with where it is. */
async function build(damage?: Parameters<PlantedShop['build']>[0]): Promise<void> {
  await planted.build(damage);
  const { kafka, redis, dataPlatform } = planted.options();
  env = {
    ...env,
    AUDIT_KAFKA_BROKERS: kafka.brokers.join(','),
    AUDIT_KAFKA_TOPIC_PREFIX: kafka.topicPrefix,
    AUDIT_REDIS_CACHE_URL: redis.cacheUrl,
    AUDIT_DATA_PLATFORM_URL: dataPlatform.url,
    AUDIT_DATA_PLATFORM_KEY: dataPlatform.key,
  };
}

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function runCommand(args: readonly string[], environment: Record<string, string> = env): Promise<Ended> {
  const main = new URL('./main.ts', import.meta.url).pathname;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--no-warnings', main, ...args],
      { env: { PATH: process.env.PATH, ...environment }, timeout: 30_000 },
      (error, output, errors) => resolve({ code: Number(error?.code ?? 0), output, errors }),
    );
  });
}

describe('the command', () => {
  test('prints a table and ends with 0 when all is well', async () => {
    await build();
    const { code, output, errors } = await runCommand(['--wait', '0']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^ {2}order-paid +ok +5 orders completed, 3 orders cancelled$/m);
    expect(output).toMatch(/^ {2}data-platform +ok +11 delivered, 11 compared$/m);
    expect(output).toContain('Clean: every promise is kept.');
  });

  test('prints one JSON document and ends with 1 when a promise is broken', async () => {
    await build({ statements: ["UPDATE products SET stock = 1 WHERE id = 'pen'"] });
    const { code, output } = await runCommand(['--wait', '0', '--json']);
    expect(code).toBe(1);
    const { verdict, checks } = JSON.parse(output);
    expect(verdict).toBe('violated');
    expect(checks).toHaveLength(17);
    expect(checks[0]).toMatchObject({ name: 'stock', state: 'broken' });
  });

  test('does not look for a data platform when none is named', async () => {
    await build();
    const { AUDIT_DATA_PLATFORM_URL: _, ...rest } = env;
    const { code, output } = await runCommand(['--wait', '0'], rest);
    expect(code).toBe(0);
    expect(output).not.toContain('data-platform');
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['a missing variable', [], { AUDIT_COMMERCE_USER: '' }, /^audit: AUDIT_COMMERCE_USER: must be set\n$/],
    ['no brokers', [], { AUDIT_KAFKA_BROKERS: '' }, /^audit: AUDIT_KAFKA_BROKERS: must be set\n$/],
    ['no Redis', [], { AUDIT_REDIS_CACHE_URL: '' }, /^audit: AUDIT_REDIS_CACHE_URL: must be set\n$/],
    [
      'a data platform without its key',
      [],
      { AUDIT_DATA_PLATFORM_KEY: '' },
      /^audit: AUDIT_DATA_PLATFORM_KEY: must be/,
    ],
    ['a bad variable', [], { AUDIT_AUTH_PORT: 'x' }, /^audit: AUDIT_AUTH_PORT: .*\n$/],
    ['a server that is not there', [], { AUDIT_AUTH_PORT: '1' }, /^audit: cannot connect to auth_.*REFUSED.*\n$/],
    ['an argument it does not know', ['--waite=1'], {}, /^audit: Unknown option '--waite'.*usage: .*\n$/],
  ])('ends with 2 and one line on %s', async (_, args, changed, line) => {
    const { code, output, errors } = await runCommand(args, { ...env, ...changed });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(line);
  });
});
