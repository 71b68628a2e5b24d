import type { AuditSettings } from '../audit-options.ts';
import type { Reader } from './connect.ts';
import { connectPrimary } from './connect-primary.ts';
import { timeOutsOf } from './time-outs-of.ts';

/**
 * The commerce schema as it is at each call, on a connection of that call: for what is read elsewhere and may have
 * moved on since the snapshot.
 */
export function rowsNow(settings: AuditSettings): Pick<Reader, 'rows'> {
  return {
    rows: async (sql, values) => {
      const reader = await connectPrimary(settings.commerce, timeOutsOf(settings));
      try {
        return await reader.rows(sql, values);
      } finally {
        await reader.close();
      }
    },
  };
}
