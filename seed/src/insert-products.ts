import { randomUUID } from 'node:crypto';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { SeedProduct } from './seed-products.ts';

async function missingOf(connection: Connection, products: readonly SeedProduct[]): Promise<SeedProduct[]> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT id FROM products WHERE id IN (?)', [
    products.map(({ id }) => id),
  ]);
  const present = new Set(rows.map((row) => String(row.id)));
  return products.filter(({ id }) => !present.has(id));
}

/** Adds the products that are not there, each with the stock change that explains its stock. Gives how many were added. */
export async function insertProducts(
  connection: Connection,
  products: readonly SeedProduct[],
  now: Date,
): Promise<number> {
  const missing = products.length === 0 ? [] : await missingOf(connection, products);
  if (missing.length === 0) return 0;
  await connection.query(
    'INSERT INTO products (id, name, name_ko, price, stock, version, created_at, updated_at) VALUES ?',
    [missing.map(({ id, name, nameKo, price, stock }) => [id, name, nameKo, price, stock, 1, now, now])],
  );
  await connection.query(
    'INSERT INTO stock_changes (id, product_id, change_by, kind, reference, created_at) VALUES ?',
    [missing.map(({ id, stock }) => [randomUUID(), id, stock, 'created', id, now])],
  );
  return missing.length;
}
