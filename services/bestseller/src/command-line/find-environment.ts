import { type Environment, readLocalPlatformFile } from '@onsale/platform/service';
import { z } from 'zod';

const variables = z.record(z.string(), z.string());
const localEnvironment = z.object({ env: variables, schemas: z.object({ commerce: variables }) });

/**
 * The given environment if it names a database at all, else what the local platform left for its operators.
 * @throws ConfigError when there is neither
 */
export async function findEnvironment(given: Environment): Promise<Environment> {
  if (Object.keys(given).some((name) => name.startsWith('DB_'))) return given;
  const { env, schemas } = await readLocalPlatformFile(given, {
    name: 'operations.env.json',
    schema: localEnvironment,
    otherwise: 'no DB_ variable is set',
  });
  return { ...env, ...schemas.commerce, ...given };
}
