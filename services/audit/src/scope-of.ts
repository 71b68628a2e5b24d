import type { KafkaConnection } from '@onsale/platform/messaging';
import type { AuditSettings } from './audit-options.ts';
import type { AuditScope } from './checks/check.ts';
import type { Opened } from './snapshot/open-at-rest.ts';
import { rowsNow } from './snapshot/rows-now.ts';

const HOUR_MS = 3_600_000;
// Rows are stamped by the services' clocks and purged by time; what is this close to the edge may be gone already.
const MARGIN_MS = 600_000;

/** What the checks may look at. */
export function scopeOf(opened: Opened, settings: AuditSettings, kafka: KafkaConnection | undefined): AuditScope {
  const since = (hours: number) => new Date(opened.commerce.takenAt.getTime() - hours * HOUR_MS + MARGIN_MS);
  return {
    commerce: opened.commerce,
    ...(opened.auth ? { auth: opened.auth } : {}),
    commerceNow: rowsNow(settings),
    ...(kafka ? { kafka } : {}),
    ...(settings.redis ? { redis: settings.redis } : {}),
    ...(settings.dataPlatform ? { dataPlatform: settings.dataPlatform } : {}),
    readTimeoutMs: settings.statementTimeoutMs,
    mendMs: settings.mendMs,
    keysSince: since(settings.keysRetentionHours),
    eventsSince: since(settings.outboxRetentionHours),
    inboxSince: since(settings.inboxRetentionHours),
    snapshotSize: settings.snapshotSize,
    ...(settings.clientLog === undefined ? {} : { clientLog: settings.clientLog }),
  };
}
