import { wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';
import type { SchemaAccess } from './snapshot/schema-access.ts';

const port = wholeNumber(1, 65_535).default(3306);
const hours = wholeNumber(1, 8_760);

/** The environment of the audit: for each schema a user of its primary who may only read. */
export const auditConfig = z.object({
  AUDIT_COMMERCE_HOST: z.string().min(1),
  AUDIT_COMMERCE_PORT: port,
  AUDIT_COMMERCE_NAME: z.string().min(1).default('commerce'),
  AUDIT_COMMERCE_USER: z.string().min(1),
  AUDIT_COMMERCE_PASSWORD: z.string(),
  /** PEM; as a file by AUDIT_COMMERCE_CA_FILE. */
  AUDIT_COMMERCE_CA: z.string().optional(),
  AUDIT_AUTH_HOST: z.string().min(1),
  AUDIT_AUTH_PORT: port,
  AUDIT_AUTH_NAME: z.string().min(1).default('auth'),
  AUDIT_AUTH_USER: z.string().min(1),
  AUDIT_AUTH_PASSWORD: z.string(),
  AUDIT_AUTH_CA: z.string().optional(),
  AUDIT_STATEMENT_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(120_000),
  AUDIT_KEYS_RETENTION_HOURS: hours.default(24),
  AUDIT_OUTBOX_RETENTION_HOURS: hours.default(168),
});

export type AuditConfig = z.infer<typeof auditConfig>;

/** How the schema is reached. */
export function accessOf(config: AuditConfig, schema: 'COMMERCE' | 'AUTH'): SchemaAccess {
  const ca = config[`AUDIT_${schema}_CA`];
  return {
    host: config[`AUDIT_${schema}_HOST`],
    port: config[`AUDIT_${schema}_PORT`],
    database: config[`AUDIT_${schema}_NAME`],
    user: config[`AUDIT_${schema}_USER`],
    password: config[`AUDIT_${schema}_PASSWORD`],
    ...(ca === undefined ? {} : { ca }),
  };
}
