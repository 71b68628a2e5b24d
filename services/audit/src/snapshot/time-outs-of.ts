import type { AuditSettings } from '../audit-options.ts';
import type { TimeOuts } from './connect.ts';

const CONNECT_TIMEOUT_MS = 5_000;

export const timeOutsOf = ({ statementTimeoutMs }: AuditSettings): TimeOuts => ({
  connectMs: CONNECT_TIMEOUT_MS,
  statementMs: statementTimeoutMs,
});
