import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedServers } from '@onsale/tests/support';
import { type ShopSchemas, shopSchemas } from './testing/shop-schemas.ts';
import { tinyShop } from './testing/tiny-shop.ts';

let schemas: ShopSchemas;
let env: Record<string, string>;

beforeAll(async () => {
  schemas = await shopSchemas();
  const { commerce, auth } = schemas;
  const { caFile } = sharedServers();
  env = Object.fromEntries(
    Object.entries({ COMMERCE: commerce, AUTH: auth }).flatMap(([name, access]) => [
      [`AUDIT_${name}_HOST`, access.host],
      [`AUDIT_${name}_PORT`, String(access.port)],
      [`AUDIT_${name}_NAME`, access.database],
      [`AUDIT_${name}_USER`, access.user],
      [`AUDIT_${name}_PASSWORD`, access.password],
      [`AUDIT_${name}_CA_FILE`, caFile],
    ]),
  );
});

afterAll(() => schemas?.close());

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
    await schemas.fill(tinyShop(new Date()).tables);
    const { code, output, errors } = await runCommand(['--wait', '0']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^ {2}order-paid +ok +3 orders completed, 1 orders cancelled$/m);
    expect(output).toContain('Clean: every promise is kept.');
  });

  test('prints one JSON document and ends with 1 when a promise is broken', async () => {
    await schemas.fill(tinyShop(new Date()).tables);
    await schemas.change('commerce', ["UPDATE products SET stock = 1 WHERE id = 'pen'"]);
    const { code, output } = await runCommand(['--wait', '0', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      verdict: 'violated',
      checks: [{ name: 'stock', state: 'broken' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    });
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['a missing variable', [], { AUDIT_COMMERCE_USER: '' }, /^audit: AUDIT_COMMERCE_USER: must be set\n$/],
    ['a bad variable', [], { AUDIT_AUTH_PORT: 'x' }, /^audit: AUDIT_AUTH_PORT: .*\n$/],
    ['a server that is not there', [], { AUDIT_AUTH_PORT: '1' }, /^audit: cannot connect to auth_.*REFUSED.*\n$/],
    ['an argument it does not know', ['--waite=1'], {}, /^audit: Unknown option '--waite'.*usage: .*\n$/],
  ])('ends with 2 and one line on %s', async (_, args, changed, line) => {
    const { code, output, errors } = await runCommand(args, { ...env, ...changed });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(line);
  });
});
