import { type Environment, readLocalPlatformFile } from '@onsale/platform/service';
import { z } from 'zod';

const localEnvironment = z.object({ env: z.record(z.string(), z.string()) });

/**
 * The given environment if it speaks of the schemas at all, else what the local platform left for the audit.
 * @throws ConfigError when there is neither
 */
export async function findEnvironment(given: Environment): Promise<Environment> {
  if (Object.keys(given).some((name) => /^AUDIT_(COMMERCE|AUTH)_/.test(name))) return given;
  const { env } = await readLocalPlatformFile(given, {
    name: 'audit.env.json',
    schema: localEnvironment,
    otherwise: 'no AUDIT_ variable is set',
  });
  return { ...env, ...given };
}
