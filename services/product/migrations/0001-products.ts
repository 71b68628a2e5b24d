/** Products for sale, and the admin's changes of their stock: what orders took is in the orders. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE IF NOT EXISTS products (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    name_ko VARCHAR(200) NOT NULL,
    price BIGINT NOT NULL,
    stock INT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    CONSTRAINT products_price_positive CHECK (price > 0),
    CONSTRAINT products_stock_not_negative CHECK (stock >= 0)
  )`);
  await sql(`CREATE TABLE IF NOT EXISTS stock_changes (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    change_by INT NOT NULL,
    kind ENUM('created', 'restocked', 'withdrawn') NOT NULL,
    reference VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY one_effect (kind, reference),
    KEY of_product (product_id)
  )`);
}
