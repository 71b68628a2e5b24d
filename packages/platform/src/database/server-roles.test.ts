import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { databaseConfig } from './database-config.ts';
import type { Endpoint } from './endpoint.ts';
import { NoPrimaryError } from './no-primary-error.ts';
import { createServerRoles } from './server-roles.ts';

const one = { host: 'one', port: 3306 };
const two = { host: 'two', port: 3306 };

type World = Record<string, 'writable' | 'read-only' | 'away'>;

/** Roles in a world that the test changes; `uuids` are the hosts unless given. */
function rolesIn(
  world: World,
  { uuids = {}, replica = 'two' }: { uuids?: Record<string, string>; replica?: string } = {},
) {
  let looks = 0;
  let nowMs = 0;
  const config = z.object(databaseConfig).parse({
    DB_HOST: 'one',
    ...(replica && { DB_REPLICA_HOST: replica }),
    DB_NAME: 'shop',
    DB_USER: 'u',
    DB_PASSWORD: 'p',
  });
  const roles = createServerRoles({
    config,
    log: pino({ level: 'silent' }),
    now: () => nowMs,
    probe: async ({ host }: Endpoint) => {
      looks += 1;
      if (world[host] === 'away') throw new Error('refused');
      const writable = world[host] === 'writable';
      return { writable, uuid: uuids[host] ?? host, hasGtids: true, tellsGtids: true };
    },
  });
  return {
    roles,
    looks: () => looks,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('of two servers', () => {
  test('the one that takes writes is the primary, whichever was named first', async () => {
    const { roles } = rolesIn({ one: 'read-only', two: 'writable' });
    expect(await roles.findPrimary()).toEqual(two);
    expect(roles.replica).toEqual(one);
    expect(roles.isPrimary(one)).toBe(false);
  });

  test('both are looked at once, however many ask, and not again while nothing is wrong', async () => {
    const { roles, looks } = rolesIn({ one: 'writable', two: 'read-only' });
    expect(await Promise.all([roles.findPrimary(), roles.findPrimary()])).toEqual([one, one]);
    roles.confirm(one);
    await roles.findPrimary();
    expect(looks()).toBe(2);
  });

  test('a primary that cannot be connected to is looked for; open connections stay good until another is found', async () => {
    const world: World = { one: 'writable', two: 'read-only' };
    const { roles } = rolesIn(world);
    await roles.findPrimary();
    world.one = 'away';
    roles.suspect(one);
    expect(roles.isPrimary(one)).toBe(true);
    await expect(roles.findPrimary()).rejects.toThrow('one:3306: refused; two:3306: read-only');
    expect(roles.isPrimary(one)).toBe(true);
  });

  test('one that became read-only is written to no more, and the other as soon as it takes writes', async () => {
    const world: World = { one: 'writable', two: 'read-only' };
    const { roles, looks, pass } = rolesIn(world);
    await roles.findPrimary();
    world.one = 'read-only';
    roles.demote(one);
    expect(roles.isPrimary(one)).toBe(false);
    await expect(roles.findPrimary()).rejects.toBeInstanceOf(NoPrimaryError);
    world.two = 'writable';
    const before = looks();
    await expect(roles.findPrimary()).rejects.toBeInstanceOf(NoPrimaryError);
    expect(looks()).toBe(before);
    pass(250);
    expect(await roles.findPrimary()).toEqual(two);
  });

  test('what is said of the replica changes nothing', async () => {
    const { roles, looks } = rolesIn({ one: 'writable', two: 'read-only' });
    await roles.findPrimary();
    roles.suspect(two);
    roles.demote(two);
    expect(await roles.findPrimary()).toEqual(one);
    expect(looks()).toBe(2);
  });

  test('two that take writes: the one that was trusted stays, and a newcomer trusts neither', async () => {
    const world: World = { one: 'writable', two: 'read-only' };
    const { roles } = rolesIn(world);
    await roles.findPrimary();
    roles.confirm(one);
    world.two = 'writable';
    roles.suspect(one);
    expect(await roles.findPrimary()).toEqual(one);
    await expect(rolesIn(world).roles.findPrimary()).rejects.toThrow('two servers take writes');
  });

  test('two addresses of one server are no contradiction: the first counts', async () => {
    const { roles } = rolesIn({ one: 'writable', two: 'writable' }, { uuids: { one: 'same', two: 'same' } });
    expect(await roles.findPrimary()).toEqual(one);
    expect(roles.replica).toEqual(two);
  });
});

test('one server is the primary without being looked at', async () => {
  const { roles, looks } = rolesIn({ one: 'away' }, { replica: '' });
  roles.suspect(one);
  expect(await roles.findPrimary()).toEqual(one);
  expect([looks(), roles.replica]).toEqual([0, one]);
});
