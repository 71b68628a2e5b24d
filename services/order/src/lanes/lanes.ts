import { DomainError } from '@onsale/platform/http';
import { type DecideJobs, decideAll, type JobOutcome } from './job-outcome.ts';
import { createLastLook } from './last-look.ts';
import { nextBatches } from './next-batches.ts';

export interface LanesOptions<Job, Answer> {
  /** What a job wants, each product once: batches that run side by side have none in common. */
  readonly productsOf: (job: Job) => readonly string[];
  readonly run: DecideJobs<Job, Answer>;
  /**
   * Asked, for all whose turn did not come in time, before they are refused: some may have been answered before.
   */
  readonly lastLook: DecideJobs<Job, Answer>;
  /** How many batches may run at once: fewer than the connections there are. */
  readonly maxRunning: number;
  readonly maxJobsOfBatch: number;
  readonly maxProductsOfBatch: number;
  /** How many jobs that want one product may be in hand. */
  readonly maxInHand: number;
  /** How long a job may wait for its turn, in milliseconds. */
  readonly waitMs: number;
}

export interface Lanes<Job, Answer> {
  /**
   * Waits for the job's turn and works on it.
   * @throws DomainError `lock-not-acquired` when its turn did not come in time, `overloaded` when too many wait
   */
  join(job: Job): Promise<Answer>;
}

interface Member<Job, Answer> {
  readonly job: Job;
  readonly products: readonly string[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Group commit, in lanes: all who want one product, be it by way of others' baskets, are in one lane. While a lane's batch
 * is being worked on, arrivals wait; the next batch takes what is there. Lanes run side by side, and a job whose products
 * nobody else wants now never waits.
 */
export function createLanes<Job, Answer>(options: LanesOptions<Job, Answer>): Lanes<Job, Answer> {
  /** In order of arrival. */
  const waiting = new Set<Member<Job, Answer>>();
  const busy = new Set<string>();
  let taken = new Set<string>();
  const inHand = new Map<string, number>();
  let running = 0;

  const count = (products: readonly string[], change: 1 | -1): void => {
    for (const product of products) {
      const left = (inHand.get(product) ?? 0) + change;
      if (left === 0) inHand.delete(product);
      else inHand.set(product, left);
    }
  };

  const settle = (one: Member<Job, Answer>, outcome: JobOutcome<Answer> | undefined): void => {
    clearTimeout(one.timer);
    count(one.products, -1);
    if (outcome?.kind === 'answered') one.resolve(outcome.answer);
    else one.reject(outcome?.error ?? turnDidNotCome());
  };

  const tooLate = createLastLook<Member<Job, Answer>>(async (late) => {
    // Nobody waits behind them any longer.
    runNext();
    for (const [one, outcome] of await decideAll(late, options.lastLook)) settle(one, outcome);
  });

  /** Settles every job itself and never rejects. */
  const runBatch = async (batch: readonly Member<Job, Answer>[]): Promise<void> => {
    const products = new Set(batch.flatMap((one) => one.products));
    running += 1;
    for (const product of products) busy.add(product);
    for (const one of batch) waiting.delete(one);
    for (const [one, outcome] of await decideAll(batch, options.run)) settle(one, outcome);
    for (const product of products) busy.delete(product);
    running -= 1;
    runNext();
  };

  const runNext = (): void => {
    const next = nextBatches(waiting, (one) => one.products, busy, {
      batches: options.maxRunning - running,
      jobsEach: options.maxJobsOfBatch,
      productsEach: options.maxProductsOfBatch,
    });
    taken = next.taken;
    for (const batch of next.batches) void runBatch(batch);
  };

  const timeIsUp = (one: Member<Job, Answer>): void => {
    if (waiting.delete(one)) tooLate(one);
  };

  return {
    join: (job) =>
      new Promise((resolve, reject) => {
        const products = options.productsOf(job);
        if (products.some((product) => (inHand.get(product) ?? 0) >= options.maxInHand)) {
          reject(tooManyWait());
          return;
        }
        count(products, 1);
        const timer = setTimeout(() => timeIsUp(one), options.waitMs);
        const one: Member<Job, Answer> = { job, products, resolve, reject, timer };
        const itsTurn = running < options.maxRunning && !products.some((product) => taken.has(product));
        for (const product of products) taken.add(product);
        if (itsTurn) void runBatch([one]);
        else waiting.add(one);
      }),
  };
}

const turnDidNotCome = (): DomainError =>
  new DomainError('conflict', 'lock-not-acquired', 'Too many want this at once; try again.', { retryAfterSeconds: 1 });

const tooManyWait = (): DomainError =>
  new DomainError('unavailable', 'overloaded', 'Too many orders are waiting; try again.', { retryAfterSeconds: 1 });
