/** The bestsellers of days that have ended: a day's row and its items are written once, in one transaction. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE IF NOT EXISTS bestseller_snapshots (
    day DATE NOT NULL PRIMARY KEY,
    taken_at DATETIME(6) NOT NULL,
    entries INT NOT NULL,
    unhandled_events INT NOT NULL
  )`);
  await sql(`CREATE TABLE IF NOT EXISTS bestseller_snapshot_items (
    day DATE NOT NULL,
    position INT NOT NULL,
    product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(200) NOT NULL,
    name_ko VARCHAR(200) NOT NULL,
    quantity_sold BIGINT NOT NULL,
    PRIMARY KEY (day, position),
    UNIQUE KEY one_place (day, product_id)
  )`);
}
