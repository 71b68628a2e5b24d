import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Environment } from '@onsale/platform/service';
import { z } from 'zod';

const variables = z.record(z.string(), z.string());
const localEnvironment = z.object({ env: variables, schemas: z.object({ commerce: variables }) });

/**
 * The given environment if it names a database at all, else what the local platform left for its operators.
 * @throws ConfigError when there is neither
 */
export async function findEnvironment(given: Environment): Promise<Environment> {
  if (Object.keys(given).some((name) => name.startsWith('DB_'))) return given;
  const path = join(given.ONSALE_DATA_FOLDER || '.onsale', 'operations.env.json');
  const { env, schemas } = parsed(await textOf(path), path);
  return { ...env, ...schemas.commerce, ...given };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new ConfigError(`no DB_ variable is set and there is no local platform (${path}): npm start makes one`);
  }
}

function parsed(text: string, path: string): z.infer<typeof localEnvironment> {
  try {
    return localEnvironment.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(`${path} is damaged: start the local platform again`);
  }
}
