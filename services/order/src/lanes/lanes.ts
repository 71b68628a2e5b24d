import pLimit from 'p-limit';
import { createLane, type JobOutcome, type Lane } from './lane.ts';

export interface LanesOptions<Job, Answer> {
  /** The lane a job belongs to. */
  readonly laneOf: (job: Job) => string;
  readonly run: (batch: readonly Job[]) => Promise<readonly JobOutcome<Answer>[]>;
  readonly lastLook: (late: readonly Job[]) => Promise<readonly JobOutcome<Answer>[]>;
  readonly batchSize: (waiting: readonly Job[]) => number;
  readonly maxWaitingPerLane: number;
  readonly waitMs: number;
  /** How many batches of all lanes may run at once: fewer than the connections there are. */
  readonly maxRunning: number;
}

/** Lanes that come into being with their first job and go when they are idle; they run side by side within a bound. */
export function createLanes<Job, Answer>(options: LanesOptions<Job, Answer>): Lane<Job, Answer> {
  const lanes = new Map<string, Lane<Job, Answer>>();
  const limit = pLimit(options.maxRunning);

  const laneFor = (name: string): Lane<Job, Answer> => {
    const existing = lanes.get(name);
    if (existing !== undefined) return existing;
    const lane = createLane<Job, Answer>({
      run: options.run,
      lastLook: options.lastLook,
      batchSize: options.batchSize,
      whenThereIsRoom: (work) => limit(work),
      maxWaiting: options.maxWaitingPerLane,
      waitMs: options.waitMs,
      onIdle: () => lanes.delete(name),
    });
    lanes.set(name, lane);
    return lane;
  };

  return { join: (job) => laneFor(options.laneOf(job)).join(job) };
}
