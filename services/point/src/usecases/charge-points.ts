import type { Charged } from '@onsale/contracts';
import {
  type Answer,
  type Database,
  type IdempotentAnswer,
  idempotent,
  requestHash,
  type Tx,
} from '@onsale/platform/database';
import { writeOutbox } from '@onsale/platform/messaging';
import type { Cache, InFlight, Locks, RecentWrites } from '@onsale/platform/redis';
import type { Clock, Ids } from '@onsale/platform/service';
import { lockOrOpenAccount } from '../persistence/lock-accounts.ts';
import { type PostedAccount, postEntries } from '../persistence/post-entries.ts';
import { rememberBalances } from '../persistence/remembered-balance.ts';

/** The route's name in the scope of its idempotency keys. */
const CHARGE_POINTS = 'points.charge';

export interface ChargePoints {
  readonly database: Database;
  readonly locks: Locks;
  readonly inFlight: InFlight;
  readonly cache: Cache;
  readonly recentWrites: RecentWrites;
  readonly clock: Clock;
  readonly ids: Ids;
  /** How long to wait for the user's other charges, in milliseconds. */
  readonly waitMs: number;
  /** Called after a commit that left something in the outbox. */
  readonly onCommitted: () => void;
}

interface Charge {
  readonly userId: string;
  /** Won. */
  readonly amount: number;
}

/**
 * Adds points to the user's account, which a first charge opens. The key answered before? → user lock → transaction
 * (account, entry, outbox, answer) → cached balance → unlock.
 * @throws DomainError `lock-not-acquired`, `locks-unavailable`, `request-in-progress`, `idempotency-key-reused`
 */
export const chargePoints =
  (ports: ChargePoints) =>
  async (charge: Charge, key: string): Promise<IdempotentAnswer> => {
    let posted: readonly PostedAccount[] = [];
    return idempotent({
      database: ports.database,
      inFlight: ports.inFlight,
      name: CHARGE_POINTS,
      request: { userId: charge.userId, route: CHARGE_POINTS, key, requestHash: requestHash(charge) },
      around: (run) =>
        ports.locks.withLock([`user:${charge.userId}:lock`], { waitMs: ports.waitMs, without: 'refuse' }, async () => {
          const answer = await run();
          if (answer.replayed) return answer;
          ports.onCommitted();
          await Promise.all([
            rememberBalances(ports.cache, posted),
            ports.recentWrites.remember([charge.userId], answer.gtid),
          ]);
          return answer;
        }),
      work: async (tx) => {
        const { answer, accounts } = await chargeInTransaction(ports, tx, charge);
        posted = accounts;
        return answer;
      },
    });
  };

async function chargeInTransaction(
  { clock, ids }: ChargePoints,
  tx: Tx,
  { userId, amount }: Charge,
): Promise<{ answer: Answer; accounts: readonly PostedAccount[] }> {
  const now = clock.now();
  const entryId = ids.next();
  const { accounts, events } = await postEntries(tx, {
    entries: [{ id: entryId, userId, kind: 'charge', reference: entryId, amount }],
    locked: await lockOrOpenAccount(tx, userId, now),
    now,
    nextId: () => ids.next(),
    source: 'point',
  });
  await writeOutbox(tx, events);
  const body: Charged = { userId, entryId, balance: accounts[0]?.balance ?? amount };
  return { answer: { status: 200, body, reference: entryId }, accounts };
}
