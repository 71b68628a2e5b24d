export type { AuditOptions } from './audit-options.ts';
export type { DataPlatformAccess } from './outside/data-platform-access.ts';
export type { KafkaAccess } from './outside/kafka-access.ts';
export type { RedisAccess } from './outside/redis-access.ts';
export type {
  AuditReport,
  BrokenRow,
  CheckReport,
  CheckState,
  QuiescenceReport,
  Verdict,
} from './report/audit-report.ts';
export { printReport } from './report/print-report.ts';
export { exitCodes } from './report/verdict.ts';
export { runAudit } from './run-audit.ts';
export { AuditError } from './snapshot/audit-error.ts';
export type { SchemaAccess } from './snapshot/schema-access.ts';
