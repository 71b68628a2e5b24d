import { DomainError } from '@onsale/platform/http';

/** What became of one job of a batch. `again`: nothing was decided, it goes back to the head of its lane. */
export type JobOutcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly error: Error }
  | { readonly kind: 'again' };

export interface LaneOptions<Job, Answer> {
  /** Works on a batch; answers in the batch's order. */
  readonly run: (batch: readonly Job[]) => Promise<readonly JobOutcome<Answer>[]>;
  /**
   * Asked, for all whose turn did not come in time, before they are refused: some may have been answered before.
   * `again` means that nothing is known of the job.
   */
  readonly lastLook: (late: readonly Job[]) => Promise<readonly JobOutcome<Answer>[]>;
  /** How many jobs from the head of the lane make the next batch: at least one. */
  readonly batchSize: (waiting: readonly Job[]) => number;
  /** Calls the work when there is room for one more batch; the batch is taken no sooner than that. */
  readonly whenThereIsRoom: (work: () => Promise<void>) => Promise<void>;
  readonly maxWaiting: number;
  /** How long a job may wait for its turn, in milliseconds. */
  readonly waitMs: number;
  /** Called when nothing waits and nothing runs. */
  readonly onIdle: () => void;
}

export interface Lane<Job, Answer> {
  /**
   * Waits for the job's turn and works on it.
   * @throws DomainError `lock-not-acquired` when its turn did not come in time, `overloaded` when the lane is full
   */
  join(job: Job): Promise<Answer>;
}

interface Waiting<Job, Answer> {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  late: boolean;
}

/**
 * Group commit: while one batch is being worked on, arrivals wait; the next batch takes what is there.
 * Nothing waits when the lane is idle, so a batch of one is the plain case.
 */
export function createLane<Job, Answer>(options: LaneOptions<Job, Answer>): Lane<Job, Answer> {
  let waiting: Waiting<Job, Answer>[] = [];
  let late: Waiting<Job, Answer>[] = [];
  let running = false;
  let looking = false;

  const takeBatch = (): Waiting<Job, Answer>[] => {
    const size = options.batchSize(waiting.map((one) => one.job));
    const batch = waiting.slice(0, size);
    waiting = waiting.slice(size);
    return batch;
  };

  const settle = (one: Waiting<Job, Answer>, outcome: JobOutcome<Answer>): void => {
    clearTimeout(one.timer);
    if (outcome.kind === 'answered') one.resolve(outcome.answer);
    else if (outcome.kind === 'refused') one.reject(outcome.error);
    else one.reject(turnDidNotCome());
  };

  /** The batch's outcomes; a failure as a whole is each job's. */
  const outcomesOf = async (
    batch: readonly Waiting<Job, Answer>[],
    ask: (jobs: readonly Job[]) => Promise<readonly JobOutcome<Answer>[]>,
  ): Promise<[Waiting<Job, Answer>, JobOutcome<Answer>][]> => {
    try {
      const outcomes = await ask(batch.map((one) => one.job));
      return batch.map((one, index) => [one, outcomes[index] ?? { kind: 'again' }]);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      return batch.map((one) => [one, { kind: 'refused', error }]);
    }
  };

  const runBatch = async (): Promise<void> => {
    const batch = takeBatch();
    // Those it was to be may have run out of time while it waited for room.
    if (batch.length === 0) return;
    const back: Waiting<Job, Answer>[] = [];
    for (const [one, outcome] of await outcomesOf(batch, options.run)) {
      if (outcome.kind !== 'again') settle(one, outcome);
      else if (one.late) tooLate(one);
      else back.push(one);
    }
    waiting = [...back, ...waiting];
  };

  const tooLate = (one: Waiting<Job, Answer>): void => {
    late.push(one);
    // It settles every job itself and never rejects.
    if (!looking) void lookAtLate();
  };

  const lookAtLate = async (): Promise<void> => {
    looking = true;
    while (late.length > 0) {
      const batch = late;
      late = [];
      for (const [one, outcome] of await outcomesOf(batch, options.lastLook)) settle(one, outcome);
    }
    looking = false;
  };

  const work = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) await options.whenThereIsRoom(runBatch);
    running = false;
    options.onIdle();
  };

  return {
    join: (job) =>
      new Promise((resolve, reject) => {
        if (waiting.length + late.length >= options.maxWaiting) {
          reject(laneIsFull());
          return;
        }
        const timer = setTimeout(() => {
          one.late = true;
          if (!waiting.includes(one)) return;
          waiting = waiting.filter((other) => other !== one);
          tooLate(one);
        }, options.waitMs);
        const one: Waiting<Job, Answer> = { job, resolve, reject, timer, late: false };
        waiting.push(one);
        // `work` settles every job itself and never rejects.
        if (!running) void work();
      }),
  };
}

const turnDidNotCome = (): DomainError =>
  new DomainError('conflict', 'lock-not-acquired', 'Too many want this at once; try again.', { retryAfterSeconds: 1 });

const laneIsFull = (): DomainError =>
  new DomainError('unavailable', 'overloaded', 'Too many orders are waiting; try again.', { retryAfterSeconds: 1 });
