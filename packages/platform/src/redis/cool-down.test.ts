import { beforeEach, describe, expect, test } from '@jest/globals';
import { ReplyError } from 'ioredis';
import { type CoolDown, createCoolDown } from './cool-down.ts';

let now: number;
let runs: number;
let coolDown: CoolDown;

beforeEach(() => {
  now = 0;
  runs = 0;
  coolDown = createCoolDown({ restMs: 1000, now: () => now });
});

const fail = () => {
  runs += 1;
  return Promise.reject(new Error('away'));
};
const succeed = async () => {
  runs += 1;
  return 'here';
};

describe('a cool-down', () => {
  test('spares those who come after a failure', async () => {
    await expect(coolDown.run(fail)).rejects.toThrow('away');
    await expect(coolDown.run(succeed)).rejects.toThrow('Redis is away');
    expect(runs).toBe(1);
  });

  test('lets one try after a while, and all when that succeeds', async () => {
    await expect(coolDown.run(fail)).rejects.toThrow('away');
    now = 1000;
    const tried = Promise.withResolvers<string>();
    const probe = coolDown.run(() => tried.promise);
    await expect(coolDown.run(succeed)).rejects.toThrow('Redis is away');
    tried.resolve('here');
    await probe;
    expect(await Promise.all([coolDown.run(succeed), coolDown.run(succeed)])).toEqual(['here', 'here']);
  });

  test('rests again when the one that tried failed', async () => {
    await expect(coolDown.run(fail)).rejects.toThrow('away');
    now = 1000;
    await expect(coolDown.run(fail)).rejects.toThrow('away');
    now = 1999;
    await expect(coolDown.run(succeed)).rejects.toThrow('Redis is away');
    now = 2000;
    expect(await coolDown.run(succeed)).toBe('here');
  });

  test('takes an answer of Redis itself for no failure', async () => {
    await expect(coolDown.run(() => Promise.reject(new ReplyError('WRONGTYPE')))).rejects.toThrow('WRONGTYPE');
    expect(await coolDown.run(succeed)).toBe('here');
  });
});
