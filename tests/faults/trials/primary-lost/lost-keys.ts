import { z } from 'zod';
import type { Stage } from '../../campaign/stage.ts';
import { mysqlOf } from '../../injections/mysql/mysql-of.ts';
import type { KeyRecord } from '../../load/key-record.ts';

const rows = z.array(z.object({ key: z.string(), reference: z.string() }));

const keysAtOnce = 500;

/** A stored answer names the change of stock that it made; the client was told of none. */
const sameEffect = ({ request, granted }: KeyRecord, reference: string): boolean =>
  request.kind === 'stock' || granted === reference;

/** Those of the granted keys whose effect, as the client was told of it, is not on the promoted server. */
export async function lostKeys(stage: Pick<Stage, 'platform'>, records: Iterable<KeyRecord>): Promise<KeyRecord[]> {
  const granted = [...records].filter((record) => record.granted !== undefined);
  const { replicaQuery } = mysqlOf(stage);
  const { database } = stage.platform.schemas.commerce;
  const stored = new Map<string, string>();
  for (let start = 0; start < granted.length; start += keysAtOnce) {
    const keys = granted.slice(start, start + keysAtOnce).map(({ request }) => request.key);
    const sql = `SELECT idempotency_key AS \`key\`, reference FROM \`${database}\`.idempotency_keys
                  WHERE idempotency_key IN (${keys.map(() => '?')})`;
    for (const { key, reference } of rows.parse(await replicaQuery(sql, keys))) stored.set(key, reference);
  }
  return granted.filter((record) => {
    const reference = stored.get(record.request.key);
    return reference === undefined || !sameEffect(record, reference);
  });
}
