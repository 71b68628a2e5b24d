/** Sessions: one family a login, one row a token. Only the tokens' hashes are kept. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE refresh_tokens (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    family_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    revoked_at DATETIME(6) NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_row_a_token (token_hash),
    KEY of_family (family_id),
    KEY by_expiry (expires_at)
  )`);
}
