import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Environment } from './load-config.ts';

/** Which of its files the local platform is asked for, and what is to be said without it. */
export interface LocalPlatformFile<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** What could have been set instead, such as `DB_HOST is not set`. */
  readonly otherwise: string;
}

/**
 * What the local platform leaves in its data folder (ONSALE_DATA_FOLDER, else `.onsale`) for commands that are given no
 * servers by their environment.
 * @throws ConfigError when there is no such file, or it is not what it should be
 */
export async function readLocalPlatformFile<T>(
  environment: Environment,
  { name, schema, otherwise }: LocalPlatformFile<T>,
): Promise<T> {
  const path = join(environment.ONSALE_DATA_FOLDER || '.onsale', name);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigError(`${otherwise} and there is no local platform (${path}): npm start makes one`);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(`${path} is damaged: start the local platform again`);
  }
}
