import type { RunSql } from '../src/database/migrations.ts';

/**
 * Events wait here in the transaction of their cause. The relay claims by state: `sent_at IS NULL` in the order of `id`,
 * which within one key is the order of commits, since rows are written while the aggregate is locked.
 */
export async function up(sql: RunSql): Promise<void> {
  await sql(`
    CREATE TABLE IF NOT EXISTS outbox (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
      event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      topic VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      message_key VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
      type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      source VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NULL,
      data JSON NOT NULL,
      trace_parent VARCHAR(55) CHARACTER SET ascii COLLATE ascii_bin NULL,
      created_at DATETIME(6) NOT NULL,
      sent_at DATETIME(6) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY event_id (event_id),
      KEY unsent (sent_at, id)
    ) ENGINE = InnoDB`);
}
