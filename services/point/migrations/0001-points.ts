/** A ledger of points: entries are only ever added, the account's row is their sum. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE IF NOT EXISTS point_accounts (
    user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    balance BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    CONSTRAINT point_accounts_balance_not_negative CHECK (balance >= 0)
  )`);
  await sql(`CREATE TABLE IF NOT EXISTS point_entries (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind ENUM('charge', 'order', 'refund') NOT NULL,
    reference VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_effect (kind, reference),
    UNIQUE KEY history (user_id, version)
  )`);
}
