/** What was sold of each product on each day in Asia/Seoul, and the gate that counting and recounting pass through. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE IF NOT EXISTS statistics_gate (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY
  )`);
  await sql('INSERT IGNORE INTO statistics_gate (id) VALUES (1)');
  await sql(`CREATE TABLE IF NOT EXISTS product_statistics (
    day DATE NOT NULL,
    product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity_sold BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (day, product_id),
    KEY of_product (product_id)
  )`);
}
