import type { DatabaseUser } from '@onsale/local-servers';
import type { Backing, Environment } from './topology.ts';

/** What the audit is told: where the schemas' primary is, and a user who may only read. */
export function auditEnvironment({ mysql, schemas }: Backing, auditor: DatabaseUser): Environment {
  const access = (schema: 'COMMERCE' | 'AUTH', database: string): Environment => ({
    [`AUDIT_${schema}_HOST`]: '127.0.0.1',
    [`AUDIT_${schema}_PORT`]: String(mysql.primaryPort),
    [`AUDIT_${schema}_NAME`]: database,
    [`AUDIT_${schema}_USER`]: auditor.user,
    [`AUDIT_${schema}_PASSWORD`]: auditor.password,
    [`AUDIT_${schema}_CA_FILE`]: mysql.caFile,
  });
  return { ...access('COMMERCE', schemas.commerce.database), ...access('AUTH', schemas.auth.database) };
}
