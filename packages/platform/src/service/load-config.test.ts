import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { loadConfig } from './load-config.ts';
import { serviceConfig } from './service-config.ts';

const schema = z.object({ ...serviceConfig, DB_PASSWORD: z.string(), KEYS_FILE: z.string().optional() });
const env = { DB_PASSWORD: 'hunter2' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a configuration', () => {
  test('has defaults, and cannot be changed', () => {
    const config = loadConfig(schema, env);
    expect(config).toMatchObject({ HTTP_PORT: 0, LOG_LEVEL: 'info', DRAIN_BUDGET_MS: 10_000, TOKEN_ISSUER: 'onsale' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes an empty variable as not set', () => {
    expect(loadConfig(schema, { ...env, HTTP_PORT: '' }).HTTP_PORT).toBe(0);
  });

  test('may come from files', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'from-file\n');
    expect(loadConfig(schema, { DB_PASSWORD_FILE: file }).DB_PASSWORD).toBe('from-file');
    expect(loadConfig(schema, { ...env, DB_PASSWORD_FILE: file }).DB_PASSWORD).toBe('hunter2');
  });

  test('may have a variable whose own name ends like a file', () => {
    expect(loadConfig(schema, { ...env, KEYS_FILE: '/nowhere' }).KEYS_FILE).toBe('/nowhere');
  });
});

describe('a bad variable is named with its rule on one line:', () => {
  const cases: [Record<string, string>, string][] = [
    [{}, 'DB_PASSWORD: must be set'],
    [{ ...env, HTTP_PORT: 'eighty' }, 'HTTP_PORT: must be a whole number from 0 to 65535'],
    [{ ...env, HTTP_PORT: '65536' }, 'HTTP_PORT: must be a whole number from 0 to 65535'],
    [{ ...env, HTTP_PORT: '1e3' }, 'HTTP_PORT: must be a whole number from 0 to 65535'],
    [{ ...env, HTTP_PORT: '-1' }, 'HTTP_PORT: must be a whole number from 0 to 65535'],
    [{ ...env, LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent'],
    [{ ...env, JWKS_URL: 'ftp://x' }, 'JWKS_URL: must be an http or https address'],
    [{ DB_PASSWORD_FILE: '/nowhere' }, 'DB_PASSWORD_FILE: must name a file that can be read'],
    [{ HTTP_PORT: 'x' }, 'HTTP_PORT: must be a whole number from 0 to 65535; DB_PASSWORD: must be set'],
  ];
  test.each(cases)('%j', (variables, message) => {
    expect(() => loadConfig(schema, variables)).toThrow(message);
  });

  test('and its value is not shown', () => {
    const secret = z.object({ KEY: z.string().length(3) });
    expect(() => loadConfig(secret, { KEY: 'hunter2' })).toThrow(/^KEY: (?!.*hunter2)/);
  });
});
