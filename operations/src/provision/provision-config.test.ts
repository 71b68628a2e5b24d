import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@onsale/platform/service';
import { provisionConfig, userNames } from './provision-config.ts';

const env = {
  PROVISION_MYSQL_HOST: 'db',
  PROVISION_MYSQL_PASSWORD: 'p',
  PROVISION_MYSQL_CA_FILE: '/ca.pem',
  PROVISION_SCHEMAS: 'auth, commerce',
  PROVISION_READERS: 'auditor:auth+commerce,other:auth',
  PROVISION_PASSWORDS_FOLDER: '/passwords',
};
const load = (more: Record<string, string> = {}) => loadConfig(provisionConfig, { ...env, ...more });

describe('the environment of provision', () => {
  test('names schemas and readers, and the rest has defaults', () => {
    const config = load();
    expect(config).toMatchObject({
      PROVISION_MYSQL_PORT: 3306,
      PROVISION_MYSQL_USER: 'root',
      PROVISION_SCHEMAS: ['auth', 'commerce'],
      PROVISION_READERS: [
        { user: 'auditor', schemas: ['auth', 'commerce'] },
        { user: 'other', schemas: ['auth'] },
      ],
      PROVISION_ACCOUNT_HOST: '%',
      PROVISION_REQUIRE_TLS: true,
      PROVISION_WAIT_SECONDS: 300,
    });
    expect(userNames(config)).toEqual([
      'auth_app',
      'auth_migrator',
      'commerce_app',
      'commerce_migrator',
      'auditor',
      'other',
    ]);
    expect(load({ PROVISION_READERS: '' }).PROVISION_READERS).toEqual([]);
  });

  test.each([
    ['PROVISION_SCHEMAS', ',', 'PROVISION_SCHEMAS: must name a schema'],
    ['PROVISION_SCHEMAS', 'auth,Commerce', 'PROVISION_SCHEMAS.1: names must be a-z'],
    ['PROVISION_SCHEMAS', 'a'.repeat(24), 'at most 23 characters'],
    ['PROVISION_READERS', 'auditor', 'must be user:schema+schema'],
    ['PROVISION_READERS', 'auditor:', 'must be user:schema+schema'],
    ['PROVISION_READERS', "x':auth", 'names must be a-z'],
    ['PROVISION_READERS', 'auth_app:auth', 'PROVISION_READERS: no user may be named twice'],
    ['PROVISION_ACCOUNT_HOST', "a'b", 'PROVISION_ACCOUNT_HOST: must be a host'],
    ['PROVISION_REQUIRE_TLS', 'yes', 'PROVISION_REQUIRE_TLS: must be true or false'],
    ['PROVISION_MYSQL_CA_FILE', '', 'PROVISION_MYSQL_CA_FILE: must be set while PROVISION_REQUIRE_TLS is true'],
  ])('%s=%s is refused', (name, value, problem) => {
    expect(() => load({ [name]: value })).toThrow(problem);
  });
});
