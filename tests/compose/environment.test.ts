import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { gatewayRoutesOf } from '@onsale/local';
import { inventory } from '../../services/inventory.ts';
import { namesRead, processConfigs } from '../charts/support/process-configs.ts';
import { type AppContainer, appContainers, inventoryNameOf } from './support/app-containers.ts';
import { makeSecrets } from './support/made-secrets.ts';

const secrets = makeSecrets();
afterAll(() => secrets.remove());

/** Read by Node, by OpenTelemetry's SDK and by our start of it, not by a program's schema. */
const readElsewhere = /^(NODE_ENV|NODE_OPTIONS|OTEL_[A-Z_]+)$/;
const secretsFolder = '/run/secrets';

/** The environment as the program finds it, with the secrets that are mounted for it. */
const environmentOf = ({ service }: AppContainer): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service.environment).map(([name, value]) => [
      name,
      value === secretsFolder || value.startsWith(`${secretsFolder}/`)
        ? join(secrets.folder, value.slice(secretsFolder.length))
        : value,
    ]),
  );

const configOf = ({ program }: AppContainer) => {
  const load = processConfigs[program];
  if (!load) throw new Error(`tests/charts/support/process-configs.ts knows no ${program}`);
  return load;
};

const named = appContainers.map((container) => [container.name, container] as const);

describe('the environment in compose.yaml', () => {
  test.each(named)('of %s is one that the program starts with', (_name, container) => {
    expect(() => configOf(container)(environmentOf(container))).not.toThrow();
  });

  test.each(named)('of %s has nothing that the program does not read', (_name, container) => {
    const read = namesRead(configOf(container), environmentOf(container));
    const strangers = Object.keys(container.service.environment).filter(
      (name) => !read.has(name) && !readElsewhere.test(name),
    );
    expect(strangers).toEqual([]);
  });

  test.each(named)('of %s names exactly the secrets that are mounted', (_name, { program, service }) => {
    const values = Object.values(service.environment);
    const files = values.flatMap((value) => (value.startsWith(`${secretsFolder}/`) ? [value.slice(13)] : []));
    // Every user's password is read from the folder as such.
    const users = program.endsWith('/provision.ts')
      ? ['auth', 'commerce', 'data_platform']
          .flatMap((schema) => [`${schema}_app`, `${schema}_migrator`])
          .concat('auditor')
      : [];
    expect(service.secrets.toSorted()).toEqual([...new Set([...files, ...users])].toSorted());
  });

  test.each(named)('of %s lets only what migrates change tables', (_name, { parts, service }) => {
    const canMigrate = 'DB_MIGRATION_USER' in service.environment;
    expect(canMigrate).toBe(parts.includes('migrate'));
    if (canMigrate) expect(parts).toEqual(['migrate']);
  });

  test('tells whoever guards routes where the keys of tokens are', () => {
    const guarding = inventory.filter(({ name, guarded }) => guarded || name === 'gateway').map(({ name }) => name);
    const told = appContainers
      .filter(({ parts, service }) => parts.includes('http') && service.environment.JWKS_URL)
      .map(inventoryNameOf);
    expect(told).toEqual(expect.arrayContaining(guarding));
  });

  test('migrates every schema user of the inventory before it starts', () => {
    const withSchema = inventory.filter(({ schema }) => schema !== undefined).map(({ name }) => name);
    const migrated = appContainers.filter(({ parts }) => parts.includes('migrate')).map(inventoryNameOf);
    expect(migrated.toSorted()).toEqual(withSchema.toSorted());
    for (const container of appContainers.filter(({ parts }) => parts.includes('http'))) {
      const name = inventoryNameOf(container) ?? '';
      if (withSchema.includes(name)) expect(Object.keys(container.service.depends_on)).toContain(`migrate-${name}`);
    }
  });

  test.each(named.filter(([, container]) => inventoryNameOf(container) === 'gateway'))(
    'of %s has the routes of the inventory',
    (_name, { service }) => {
      const { GATEWAY_ROUTES = '', GATEWAY_UPSTREAMS = '' } = service.environment;
      const routes: unknown = JSON.parse(GATEWAY_ROUTES);
      const expected = inventory.flatMap(gatewayRoutesOf);
      expect(routes).toEqual(expect.arrayContaining(expected));
      expect(routes).toHaveLength(expected.length);
      expect(Object.keys(JSON.parse(GATEWAY_UPSTREAMS)).toSorted()).toEqual(
        [...new Set(expected.map((route) => route.service))].toSorted(),
      );
    },
  );
});
