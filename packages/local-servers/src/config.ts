import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where unpacked servers and fresh-data templates are kept for all data folders of this user. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.ONSALE_CACHE_FOLDER;
  if (chosen) return chosen;
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onsale');
}

/** The folders in which programs are looked for. */
export function searchPath(environment: NodeJS.ProcessEnv = process.env): string[] {
  const system = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return [...new Set([...(environment.PATH ?? '').split(':').filter(Boolean), ...system])];
}

/** The user's environment (proxies, Maven's options), with apt kept from asking questions. */
export function installEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C',
    PATH: searchPath(environment).join(':'),
  };
}
