import { z } from 'zod';
import { AuditError } from '../snapshot/audit-error.ts';
import { failureOf } from '../snapshot/failure-of.ts';
import type { DataPlatformAccess } from './data-platform-access.ts';

const PAGE = 1_000;
const PAGE_TIMEOUT_MS = 10_000;

const delivery = z.object({
  eventId: z.string().min(1),
  type: z.string(),
  orderId: z.string(),
  receivedAt: z.iso.datetime({ offset: true }).transform((at) => new Date(at)),
  data: z.unknown(),
});

/** An event as the data platform says that it has it. */
export type Delivery = z.infer<typeof delivery>;

const page = z.object({ items: z.array(delivery), next: z.string().optional() });

async function readPage({ url, key }: DataPlatformAccess, cursor: string | undefined, signal: AbortSignal) {
  const address = new URL('/orders', url);
  address.searchParams.set('limit', String(PAGE));
  if (cursor !== undefined) address.searchParams.set('cursor', cursor);
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)]),
  });
  if (response.status !== 200) throw new Error(`it answered ${response.status}`);
  return page.parse(await response.json());
}

/** All that the data platform has. @throws AuditError when it does not answer, or not within the time in all */
export async function* listDeliveries(access: DataPlatformAccess, timeoutMs: number): AsyncGenerator<Delivery> {
  const signal = AbortSignal.timeout(timeoutMs);
  let cursor: string | undefined;
  do {
    const { items, next } = await readPage(access, cursor, signal).catch((error: unknown) => {
      throw failureOf('the data platform did not answer', error);
    });
    yield* items;
    if (next !== undefined && next === cursor) throw new AuditError('the data platform gave the same page twice');
    cursor = next;
  } while (cursor !== undefined);
}
