import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceProcess } from '@onsale/local';
import type { Stage } from '../../campaign/stage.ts';
import type { Asking, Told } from '../asking/asking.ts';
import type { TrialShop } from '../ground/trial-shop.ts';
import { heldLocks } from './held-locks.ts';
import type { Want } from './want.ts';

export interface TakeNap {
  readonly stage: Pick<Stage, 'platform' | 'crashPoints'>;
  readonly shop: TrialShop;
  readonly asking: Asking;
  /** Falls asleep. */
  readonly sleeper: ServiceProcess;
  /** Goes on. */
  readonly other: ServiceProcess;
  readonly point: string;
  /** At which passing of the point it falls asleep. */
  readonly after: number;
  /** Longer than a lock's time, in ms. */
  readonly sleepMs: number;
  readonly wants: readonly Want[];
  readonly signal: AbortSignal;
}

export interface Nap {
  /** The locks that it held while it slept. */
  readonly held: readonly string[];
  /** Transactions that held rows of the tables when it fell asleep. */
  readonly transactions: number;
  readonly sleptMs: number;
  /** What those who wanted a held lock through the other instance were told. */
  readonly rivals: ReadonlyMap<string, readonly Told[]>;
  /** What the wants came to, each asked of the sleeper and, under the same key, of the other instance. */
  readonly wants: readonly { readonly want: Want; readonly told: readonly Told[] }[];
}

const reachedWithinMs = 8_000;

async function openTransactions({ platform }: TakeNap['stage']): Promise<number> {
  const rows = await platform.servers.mysql?.query(
    'SELECT COUNT(*) AS open FROM information_schema.innodb_trx WHERE trx_rows_modified > 0 OR trx_rows_locked > 0',
  );
  return Number(rows?.[0]?.open);
}

/**
 * Lets an instance fall asleep with locks in its hands, past their time, while others want the same of another instance
 * under keys of their own and under the very same ones; then it wakes and goes on where it stopped. Undefined when it
 * did not get to the point.
 */
export async function takeNap(options: TakeNap): Promise<Nap | undefined> {
  const { stage, shop, asking, sleeper, other, point, wants, sleepMs, signal } = options;
  const { pid } = sleeper;
  if (pid === undefined) throw new Error(`${sleeper.name} is down`);
  const through = shop.wayTo(other);
  await stage.crashPoints.arm(pid, { point, action: 'stop', after: options.after });
  const asked = wants.map(({ request }) => asking.ask(request, [shop.wayTo(sleeper), through]));
  const reached = await stage.crashPoints.reached(pid, point, reachedWithinMs);
  if (reached === undefined) {
    await stage.crashPoints.disarm(pid);
    await Promise.all(asked);
    return undefined;
  }
  const asleepAt = performance.now();
  try {
    const locks = wants.flatMap(({ rivals }) => [...rivals.keys()]);
    const redisPort = stage.platform.servers.redis?.port ?? 0;
    const [held, transactions] = await Promise.all([heldLocks(redisPort, locks), openTransactions(stage)]);
    const wanted = new Map(wants.flatMap(({ rivals }) => [...rivals]));
    const rivals = held.map((lock) => (wanted.get(lock) ?? []).map((rival) => asking.ask(rival, [through])));
    const twins = wants.map(({ request }) => asking.ask(request, [through]));
    await delay(Math.max(0, asleepAt + sleepMs - performance.now()), undefined, { signal });
    sleeper.resume();
    const sleptMs = performance.now() - asleepAt;
    const told = await Promise.all(rivals.map((each) => Promise.all(each)));
    return {
      held,
      transactions,
      sleptMs,
      rivals: new Map(held.map((lock, index) => [lock, told[index] ?? []])),
      wants: await Promise.all(
        wants.map(async (want, index) => ({
          want,
          told: (await Promise.all([asked[index], twins[index]])).filter((each) => each !== undefined),
        })),
      ),
    };
  } finally {
    sleeper.resume();
  }
}
