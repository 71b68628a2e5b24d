import { afterEach, describe, expect, test } from '@jest/globals';
import { spawnTestMain, type TestProcess } from './testing/spawn-test-main.ts';
import { eventually } from './testing/start-test-service.ts';

const started: TestProcess[] = [];
afterEach(async () => {
  for (const { child, exited } of started.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
});
const spawned = (...how: Parameters<typeof spawnTestMain>) => {
  const process = spawnTestMain(...how);
  started.push(process);
  return process;
};

describe('a service process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('finishes what is in flight on %s and ends with 0', async (signal) => {
    const { child, exited, url, lines } = spawned();
    const inFlight = fetch(`${await url()}/slow`);
    await eventually(() => lines().some(({ msg }) => msg === 'at work'), 20_000);
    child.kill(signal);
    expect(await (await inFlight).json()).toEqual({ done: true });
    expect(await exited).toBe(0);
    const said = lines().map(({ msg }) => msg);
    // The request's own line is written when its connection lets go, which may be after the last word.
    expect(said.filter((msg) => msg !== 'request')).toEqual(['migrated', 'started', 'at work', 'stopping', 'stopped']);
    expect(said.indexOf('request')).toBeGreaterThan(said.indexOf('stopping'));
  });

  test('ends at once on a second signal', async () => {
    const { child, exited, url, lines } = spawned({ CLOSE_HANGS: 'yes', DRAIN_BUDGET_MS: '60000' });
    await url();
    child.kill('SIGTERM');
    await eventually(() => lines().some(({ msg }) => msg === 'stopping'));
    child.kill('SIGTERM');
    expect(await exited).toBe(1);
  });

  test('logs what nobody caught and ends with 1', async () => {
    const { exited, url, lines } = spawned();
    await fetch(`${await url()}/crash`).catch(() => undefined);
    expect(await exited).toBe(1);
    expect(lines().find(({ level }) => level === 'fatal')).toMatchObject({ err: { message: 'nobody caught this' } });
  });

  test('says in one line what is wrong with its configuration and ends with 1', async () => {
    const { exited, stderr, stdout } = spawned({ HTTP_PORT: 'eighty' });
    expect(await exited).toBe(1);
    expect(stderr()).toBe('test: HTTP_PORT: must be a whole number from 0 to 65535\n');
    expect(stdout()).toBe('');
  });

  test('takes its parts from the command line before the environment', async () => {
    const { exited, stderr } = spawned({ PARTS: 'http' }, ['--parts', 'http,relai']);
    expect(await exited).toBe(1);
    expect(stderr()).toBe('test: PARTS: no part is called relai; there are http, migrate\n');
  });

  test('ends by itself when migrating was all there was to do', async () => {
    const { exited, lines } = spawned({}, ['--parts=migrate']);
    expect(await exited).toBe(0);
    expect(lines().map(({ msg }) => msg)).toEqual(['migrated', 'started', 'stopping', 'stopped']);
  });
});
