import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { inventory } from '../../services/inventory.ts';
import { inBuildContext } from './support/in-build-context.ts';
import { inCheckout } from './support/in-checkout.ts';

const ignoreFile = readFileSync(inCheckout('.dockerignore'), 'utf8');
const dockerfile = readFileSync(inCheckout('Dockerfile'), 'utf8');
const isSent = (file: string) => inBuildContext(file, ignoreFile);

describe('the image', () => {
  test.each([
    '.git/config',
    '.onsale/admin.json',
    '.ci/run',
    '.env',
    'services/auth/.env',
    'node_modules/express/index.js',
    'services/order/node_modules/p-limit/index.js',
    'compose/secrets/mysql-root-password',
    'compose.yaml',
    'tests/compose/compose.test.ts',
    'services/order/src/usecases/place-orders.integration.test.ts',
    'packages/platform/src/http/limits.test.ts',
    'packages/platform/src/telemetry/testing/spans-in.ts',
    'packages/local-servers/src/index.ts',
    'local/src/start.ts',
    'load-tests/src/load.ts',
    'charts/onsale/values.yaml',
    'docs/architecture.md',
    'services/order/README.md',
    'npm-debug.log',
    'services/auth/signing-keys.json.log',
  ])('is built without %s', (file) => {
    expect(isSent(file)).toBe(false);
  });

  test.each([
    'package-lock.json',
    '.npmrc',
    'packages/contracts/src/index.ts',
    'packages/platform/migrations/0001-outbox.ts',
    'services/audit/src/main.ts',
    'services/inventory.ts',
    'operations/src/topics.ts',
    'seed/src/main.ts',
    ...inventory.map(({ name }) => `services/${name}/src/main.ts`),
  ])('is built with %s', (file) => {
    expect(isSent(file)).toBe(true);
  });

  test('copies into a stage only what is sent', () => {
    const named = [...dockerfile.matchAll(/^COPY (?!--from)(\S+) /gm)].map(([, source = '']) => source);
    expect(named).toContain('.');
    for (const file of named.filter((source) => source !== '.')) expect([file, isSent(file)]).toEqual([file, true]);
  });

  test('is built by the classic builder too', () => {
    expect(dockerfile).not.toMatch(/--mount|<<[A-Z]|--chmod|--link|^# *syntax/m);
  });

  test('the rules are read as Docker reads them', () => {
    const rules = '*\n!a\n!.b\n**/skip\n**/.*\n!.b\n';
    const sent = ['a/x', 'a/deep/x', '.b', 'c', 'a/skip/x', 'a/deep/skip', 'a/.hidden', '.c'].filter((file) =>
      inBuildContext(file, rules),
    );
    expect(sent).toEqual(['a/x', 'a/deep/x', '.b']);
  });
});
