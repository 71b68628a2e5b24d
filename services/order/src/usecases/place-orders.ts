import { type Database, findAnswers, identityOf, lockAnswers, type Tx } from '@onsale/platform/database';
import { DomainError } from '@onsale/platform/http';
import type { Cache, Locks, RecentWrites } from '@onsale/platform/redis';
import type { Logger } from '@onsale/platform/telemetry';
import { rememberBalances } from '@onsale/point/tx';
import { productsOf } from '../domain/batch.ts';
import type { OrderJob, OrderOutcome } from './order-job.ts';
import type { PlacedBatch } from './place-batch.ts';
import { refused } from './refusals.ts';
import { replayOrRefuse } from './replay-or-refuse.ts';
import type { SoldOutFlags } from './sold-out-flags.ts';

export interface PlaceOrders {
  readonly database: Database;
  readonly locks: Locks;
  readonly cache: Cache;
  readonly recentWrites: RecentWrites;
  readonly soldOut: SoldOutFlags;
  readonly log: Logger;
  /** How long a batch waits for its product locks before it goes on without, in milliseconds. */
  readonly lockWaitMs: number;
  readonly placeBatch: (tx: Tx, jobs: readonly OrderJob[]) => Promise<PlacedBatch>;
  /** Called after a commit that left something in the outbox. */
  readonly onCommitted: () => void;
}

/**
 * Places orders together: the keys answered before? → sold out? → lock the products → one transaction → unlock.
 * Each order has its own outcome.
 */
export const placeOrders =
  (ports: PlaceOrders) =>
  async (jobs: readonly OrderJob[]): Promise<(OrderOutcome | undefined)[]> => {
    const outcomes = new Map<OrderJob, OrderOutcome>();
    const open = () => jobs.filter((job) => !outcomes.has(job));

    // The flags are read before the keys, and believed after them: whoever bought the last piece, and asks again because
    // the answer was lost, must never hear that it is sold out.
    const gone = await ports.soldOut.among(productsOf(jobs));
    for (const [job, outcome] of await answeredBefore(ports, jobs)) outcomes.set(job, outcome);
    for (const job of open()) {
      if (job.items.some((item) => gone.has(item.productId))) outcomes.set(job, refused('sold-out'));
    }

    const toPlace = open();
    if (toPlace.length > 0) {
      const placed = await lockAndPlace(ports, toPlace);
      for (const [index, job] of toPlace.entries()) {
        const outcome = placed[index];
        if (outcome !== undefined) outcomes.set(job, outcome);
      }
    }
    return jobs.map((job) => outcomes.get(job));
  };

/** The outcomes of those whose keys were answered before; nothing for the others. */
export const lookUpAnswers =
  (ports: Pick<PlaceOrders, 'database'>) =>
  async (jobs: readonly OrderJob[]): Promise<(OrderOutcome | undefined)[]> => {
    const found = await answeredBefore(ports, jobs);
    return jobs.map((job) => found.get(job));
  };

async function answeredBefore(
  { database }: Pick<PlaceOrders, 'database'>,
  jobs: readonly OrderJob[],
): Promise<Map<OrderJob, OrderOutcome>> {
  const requests = jobs.map((job) => job.request);
  const answers = await database.readPrimary((reading) => findAnswers(reading, requests));
  return new Map(
    jobs.flatMap((job) => {
      const stored = answers.get(identityOf(job.request));
      return stored === undefined ? [] : [[job, replayOrRefuse(job.request, stored)]];
    }),
  );
}

function lockAndPlace(ports: PlaceOrders, jobs: readonly OrderJob[]): Promise<readonly OrderOutcome[]> {
  const keys = productsOf(jobs).map((productId) => `product:${productId}:lock`);
  // Another process gets a moment to be done. Then the rows are waited for: they decide anyway, and keep everybody's turn.
  return ports.locks.withLock(keys, { waitMs: ports.lockWaitMs, without: 'proceed' }, () => place(ports, jobs));
}

/** One transaction for all; when an order spoils it, halves are tried until it stands, and fails, alone. */
async function place(ports: PlaceOrders, jobs: readonly OrderJob[]): Promise<OrderOutcome[]> {
  try {
    const batch = await commit(ports, jobs);
    return [...batch.outcomes];
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    // Refusals by a dependency (busy, outcome unknown) are nobody's fault in the batch.
    if (jobs.length === 1 || failure instanceof DomainError)
      return jobs.map(() => ({ kind: 'refused', error: failure }));
    ports.log.warn({ err: failure, orders: jobs.length }, 'a batch was spoiled; its halves are placed apart');
    const middle = Math.ceil(jobs.length / 2);
    return [...(await place(ports, jobs.slice(0, middle))), ...(await place(ports, jobs.slice(middle)))];
  }
}

async function commit(ports: PlaceOrders, jobs: readonly OrderJob[]): Promise<PlacedBatch> {
  let last: PlacedBatch | undefined;
  const { value: batch, gtid } = await ports.database.transaction(
    'orders.place',
    async (tx) => {
      last = await ports.placeBatch(tx, jobs);
      return last;
    },
    { settle: (tx) => wasCommitted(tx, last) },
  );
  if (batch.granted.length > 0) ports.onCommitted();
  // Before the answers go out: whoever has theirs may read at once.
  await Promise.all([
    ports.recentWrites.remember(
      batch.accounts.map((account) => account.userId),
      gtid,
    ),
    rememberBalances(ports.cache, batch.accounts),
    ports.soldOut.note(batch.products),
  ]);
  return batch;
}

/** Whether the batch whose COMMIT went unanswered is there: all of its keys are, or none. */
async function wasCommitted(tx: Tx, batch: PlacedBatch | undefined): Promise<PlacedBatch | undefined> {
  if (batch === undefined || batch.granted.length === 0) return batch;
  const stored = await lockAnswers(
    tx,
    batch.granted.map((order) => order.request),
  );
  const there = batch.granted.every((order) => stored.get(identityOf(order.request))?.reference === order.id);
  return there ? batch : undefined;
}
