import { type Environment, readLocalPlatformFile } from '@onsale/platform/service';
import { z } from 'zod';
import { CommandError } from './command-error.ts';

const variables = z.record(z.string(), z.string());
const localPlatform = z.object({ env: variables, schemas: z.record(z.string(), variables) });

const readLocal = (given: Environment, missing: string) =>
  readLocalPlatformFile(given, {
    name: 'operations.env.json',
    schema: localPlatform,
    otherwise: `${missing} is not set`,
  });

const isGiven = (given: Environment, name: string): boolean => Boolean(given[name] || given[`${name}_FILE`]);

/** The given environment if it names brokers, else what the local platform left, under what was given. */
export async function kafkaEnvironment(given: Environment): Promise<Environment> {
  if (isGiven(given, 'KAFKA_BROKERS')) return given;
  return { ...(await readLocal(given, 'KAFKA_BROKERS')).env, ...given };
}

/**
 * The given environment if it names a database, which must then be the schema's, else how the local platform's schema
 * is reached, under what was given.
 */
export async function schemaEnvironment(given: Environment, schema: string | undefined): Promise<Environment> {
  if (isGiven(given, 'DB_HOST')) {
    if (schema !== undefined && given.DB_NAME && given.DB_NAME !== schema) {
      throw new CommandError(`DB_NAME is ${given.DB_NAME}, not ${schema}`);
    }
    return given;
  }
  const { schemas } = await readLocal(given, 'DB_HOST');
  const names = Object.keys(schemas).join(', ');
  if (schema === undefined) throw new CommandError(`--schema must be one of ${names}`);
  const access = schemas[schema];
  if (access === undefined) throw new CommandError(`there is no schema ${schema}: it must be one of ${names}`);
  return { ...access, ...given };
}

/**
 * The given environment if it names servers that a primary can be moved between, else how those of the local platform
 * are reached, under what was given.
 */
export async function failoverEnvironment(given: Environment): Promise<Environment> {
  if (isGiven(given, 'FAILOVER_SERVERS')) return given;
  const { env } = await readLocalPlatformFile(given, {
    name: 'failover.env.json',
    schema: z.object({ env: variables }),
    otherwise: 'FAILOVER_SERVERS is not set',
  });
  return { ...env, ...given };
}
