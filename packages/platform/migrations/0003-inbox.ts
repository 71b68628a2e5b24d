import type { RunSql } from '../src/database/migrations.ts';

/** Which events each consumer has handled, written in the transaction of the effect. */
export async function up(sql: RunSql): Promise<void> {
  await sql(`
    CREATE TABLE IF NOT EXISTS inbox (
      consumer VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      handled_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
      PRIMARY KEY (consumer, event_id),
      KEY handled_at (handled_at)
    ) ENGINE = InnoDB`);
}
