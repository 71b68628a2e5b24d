import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalServer } from '@onsale/local-servers';
import { z } from 'zod';
import type { Evidence } from '../../campaign/fault.ts';
import { kill } from '../breakable.ts';
import { bringBack } from '../heal.ts';
import { hold } from '../hold.ts';
import { keysInUse, withRedis } from './with-redis.ts';

export interface SettingBack {
  /** How old the snapshot is when Redis comes back with it. */
  readonly ageMs: number;
  readonly signal: AbortSignal;
}

const setting = z.tuple([z.string(), z.string()]);
const marker = 'faults:set-back';
const markerSeconds = 300;

/**
 * Takes a snapshot, lets the sale go on for a while, kills Redis and lets it come back with the snapshot. A mark that was
 * changed in between shows that it went back.
 */
export async function setBack(redis: LocalServer, { ageMs, signal }: SettingBack): Promise<Evidence> {
  const old = randomUUID();
  const keys = await keysInUse(redis.port);
  const snapshot = await withRedis(redis.port, async (client) => {
    await client.set(marker, old, 'EX', markerSeconds);
    await client.save();
    const [, folder] = setting.parse(await client.config('GET', 'dir'));
    const [, file] = setting.parse(await client.config('GET', 'dbfilename'));
    return join(folder, file);
  });
  try {
    await hold(ageMs, signal);
    await withRedis(redis.port, (client) => client.set(marker, 'changed since', 'EX', markerSeconds));
    const killed = await kill([redis], { holdMs: 0, signal, heal: () => bringBack(redis) });
    const found = await withRedis(redis.port, (client) => client.getdel(marker));
    return {
      ...killed,
      happened: killed.happened && keys > 0 && found === old,
      what: `${found === old ? 'back' : 'not back'} to ${keys} keys of ${ageMs} ms ago; ${killed.what}`,
    };
  } finally {
    // A later start would take it for the last word.
    await rm(snapshot, { force: true });
  }
}
