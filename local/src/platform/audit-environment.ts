import type { DatabaseUser } from '@onsale/local-servers';
import type { Backing, Environment } from './topology.ts';

export interface Audited {
  readonly backing: Backing;
  /** May read the schemas and change nothing. */
  readonly auditor: DatabaseUser;
  /** Where the external data platform answers. */
  readonly dataPlatformUrl: string;
}

/** What the audit is told: the schemas' servers and their reader, the topics, the ranking, and what was delivered. */
export function auditEnvironment({ backing, auditor, dataPlatformUrl }: Audited): Environment {
  const { mysql, schemas } = backing;
  const access = (schema: 'COMMERCE' | 'AUTH', database: string): Environment => ({
    [`AUDIT_${schema}_HOST`]: '127.0.0.1',
    [`AUDIT_${schema}_PORT`]: String(mysql.primaryPort),
    [`AUDIT_${schema}_REPLICA_HOST`]: '127.0.0.1',
    [`AUDIT_${schema}_REPLICA_PORT`]: String(mysql.replicaPort),
    [`AUDIT_${schema}_NAME`]: database,
    [`AUDIT_${schema}_USER`]: auditor.user,
    [`AUDIT_${schema}_PASSWORD`]: auditor.password,
    [`AUDIT_${schema}_CA_FILE`]: mysql.caFile,
  });
  return {
    ...access('COMMERCE', schemas.commerce.database),
    ...access('AUTH', schemas.auth.database),
    AUDIT_KAFKA_BROKERS: backing.brokers.join(','),
    AUDIT_KAFKA_TOPIC_PREFIX: '',
    AUDIT_REDIS_CACHE_URL: `redis://127.0.0.1:${backing.redisPort}`,
    AUDIT_DATA_PLATFORM_URL: dataPlatformUrl,
    AUDIT_DATA_PLATFORM_KEY: backing.dataPlatformKey,
  };
}
