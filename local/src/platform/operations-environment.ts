import type { SchemaAccess } from '@onsale/local-servers';
import type { Backing, Environment } from './topology.ts';

/** What the operators' commands are told: what all of them need, and how each schema is reached. */
export interface Operations {
  readonly env: Environment;
  readonly schemas: Readonly<Record<keyof Backing['schemas'], Environment>>;
}

/** The commands act as the services do: with the rights of a schema's own user, and no more. */
export function operationsEnvironment({ mysql, schemas, redisPort, brokers }: Backing): Operations {
  const redis = `redis://127.0.0.1:${redisPort}`;
  const access = ({ database, app }: SchemaAccess): Environment => ({
    DB_HOST: '127.0.0.1',
    DB_PORT: String(mysql.primaryPort),
    DB_REPLICA_HOST: '127.0.0.1',
    DB_REPLICA_PORT: String(mysql.replicaPort),
    DB_NAME: database,
    DB_USER: app.user,
    DB_PASSWORD: app.password,
    DB_CA_FILE: mysql.caFile,
  });
  return {
    env: {
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: '',
      REDIS_LOCK_URL: redis,
      REDIS_CACHE_URL: redis,
    },
    schemas: {
      auth: access(schemas.auth),
      commerce: access(schemas.commerce),
      data_platform: access(schemas.data_platform),
    },
  };
}
