/** Orders and what was in them, at the price of the moment. */
export async function up(sql: (statement: string) => Promise<void>): Promise<void> {
  await sql(`CREATE TABLE IF NOT EXISTS orders (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status ENUM('COMPLETED', 'CANCELLED') NOT NULL,
    discount BIGINT NOT NULL,
    total BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    cancelled_at DATETIME(6) NULL,
    KEY of_user (user_id, created_at, id)
  )`);
  await sql(`CREATE TABLE IF NOT EXISTS order_items (
    order_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity INT NOT NULL,
    unit_price BIGINT NOT NULL,
    PRIMARY KEY (order_id, product_id),
    KEY of_product (product_id),
    CONSTRAINT order_items_quantity_positive CHECK (quantity > 0)
  )`);
}
