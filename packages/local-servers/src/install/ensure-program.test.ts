import { describe, expect, test } from '@jest/globals';
import { ensureProgram } from './ensure-program.ts';
import type { InstallContext } from './install-context.ts';

const context: InstallContext = {
  cacheFolder: '/nowhere',
  searchPath: ['/usr/bin', '/bin'],
  environment: {},
  isRoot: false,
  signal: new AbortController().signal,
  report: () => undefined,
};

describe('ensureProgram', () => {
  test('finds what is there', async () => {
    const found = await ensureProgram({ program: 'sh', title: 'Shell', packages: ['dash'] }, context);
    expect(found).toBe('/usr/bin/sh');
  });

  test('says in one line what to install', async () => {
    const wanted = { program: 'redis-server-of-nobody', title: 'Redis', packages: ['redis-server'] };
    await expect(ensureProgram(wanted, context)).rejects.toThrow(
      /^Redis: no redis-server-of-nobody was found; install it \(on Debian or Ubuntu: sudo apt-get install redis-server\)$/,
    );
  });
});
