import type { RunSql } from '../src/database/migrations.ts';

/** The answers of success under their keys, written in the transaction of their effect. */
export async function up(sql: RunSql): Promise<void> {
  await sql(`
    CREATE TABLE IF NOT EXISTS idempotency_keys (
      user_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
      route VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      status SMALLINT UNSIGNED NOT NULL,
      location VARCHAR(255) NULL,
      response JSON NOT NULL,
      reference VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NULL,
      created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
      PRIMARY KEY (user_id, route, idempotency_key),
      KEY created_at (created_at),
      KEY reference (reference)
    ) ENGINE = InnoDB`);
}
