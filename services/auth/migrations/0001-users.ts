/** Who may sign in. `email` is stored in lower case, so its unique key is the rule "one account an address". */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE users (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role ENUM('user', 'admin') NOT NULL DEFAULT 'user',
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_account_an_address (email)
  )`);
}
