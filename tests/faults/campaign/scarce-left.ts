import type { Platform } from '@onsale/local';
import { z } from 'zod';
import type { Left } from './judge-run.ts';

const rows = z.array(z.object({ productId: z.string(), stock: z.coerce.number() }));

/** What the primary has of these products. */
export async function scarceLeft({ servers, schemas }: Platform, productIds: readonly string[]): Promise<Left[]> {
  const { database } = schemas.commerce;
  const sql = `SELECT id AS productId, stock FROM \`${database}\`.products WHERE id IN (${productIds.map(() => '?')})`;
  return rows.parse(await servers.mysql?.query(sql, productIds));
}
