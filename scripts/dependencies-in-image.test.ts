import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = join(import.meta.dirname, 'dependencies-in-image.ts');
const entry = (name: string, more: object = {}) => ({ version: '1.0.0', integrity: `sha512-${name}`, ...more });

const lock = {
  '': { devDependencies: { jest: '1' } },
  'packages/platform': { dependencies: { express: '1' } },
  'services/order': {
    dependencies: { '@onsale/platform': '1', limit: '1' },
    devDependencies: { jest: '1' },
  },
  'services/order/node_modules/limit': entry('limit-inner'),
  'load-tests': { dependencies: { kubernetes: '1' } },
  'node_modules/@onsale/platform': { resolved: 'packages/platform', link: true },
  'node_modules/@onsale/order': { resolved: 'services/order', link: true },
  'node_modules/express': entry('express', {
    dependencies: { send: '1' },
    optionalDependencies: { quick: '1' },
    peerDependencies: { peer: '1', maybe: '1' },
    peerDependenciesMeta: { maybe: { optional: true } },
  }),
  'node_modules/send': entry('send'),
  'node_modules/peer': entry('peer'),
  'node_modules/maybe': entry('maybe'),
  'node_modules/quick': entry('quick', { optional: true }),
  'node_modules/limit': entry('limit-outer'),
  'node_modules/jest': entry('jest', { dev: true }),
  'node_modules/kubernetes': entry('kubernetes'),
};

const installedNames = [
  'packages/platform',
  'services/order',
  'services/order/node_modules/limit',
  'node_modules/@onsale/platform',
  'node_modules/@onsale/order',
  'node_modules/express',
  'node_modules/send',
  'node_modules/peer',
] as const;

type Packages = Record<string, object>;
const installed = (): Packages => Object.fromEntries(installedNames.map((name) => [name, lock[name]]));

describe('the dependencies in an image', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onsale-dependencies-'));
    mkdirSync(join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const faultsOf = async (packages: Packages, folders = ['packages/platform', 'services']): Promise<string[]> => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
    const flags = ['--disable-warning=ExperimentalWarning', script, ...folders];
    const run = promisify(execFile)(process.execPath, flags, { cwd: folder, timeout: 30_000 });
    const { stderr = '', code = 0 }: { stderr?: string; code?: number } = await run.catch((error) => error);
    const faults = stderr.split('\n').filter(Boolean);
    expect(code).toBe(faults.length === 0 ? 0 : 1);
    return faults.map((line) => line.replace('dependencies-in-image: ', ''));
  };

  test('are right when they are what the workspaces need to run, and no more', async () => {
    expect(await faultsOf(installed())).toEqual([]);
  });

  test('lack nothing, however deep it is needed', async () => {
    const { 'node_modules/send': _, ...packages } = installed();
    expect(await faultsOf(packages)).toEqual(['not as locked: node_modules/send']);
  });

  test('are of the locked version and content', async () => {
    const packages = {
      ...installed(),
      'node_modules/send': { ...entry('send'), version: '1.0.1' },
      'services/order/node_modules/limit': entry('limit-outer'),
    };
    expect(await faultsOf(packages)).toEqual([
      'not as locked: services/order/node_modules/limit',
      'not as locked: node_modules/send',
    ]);
  });

  test.each(['jest', 'kubernetes', 'limit', 'maybe', 'quick'] as const)(
    'have no %s, which nobody needs to run',
    async (name) => {
      const path = `node_modules/${name}` as const;
      expect(await faultsOf({ ...installed(), [path]: lock[path] })).toEqual([`not needed to run: ${path}`]);
    },
  );

  test('are those of workspaces that are there', async () => {
    expect(await faultsOf({}, ['nowhere'])).toEqual(['no such workspaces']);
  });
});
