import { describe, expect, test } from '@jest/globals';
import { createLane, type JobOutcome, type LaneOptions } from './lane.ts';

const answered = (answer: string): JobOutcome<string> => ({ kind: 'answered', answer });
const again: JobOutcome<string> = { kind: 'again' };

/** A lane whose batches end when the test says so. */
function heldLane(options: Partial<LaneOptions<string, string>> = {}) {
  const batches: { jobs: readonly string[]; end: (outcomes: JobOutcome<string>[]) => void }[] = [];
  const idle: number[] = [];
  const lane = createLane<string, string>({
    run: (jobs) => new Promise((end) => batches.push({ jobs, end })),
    lastLook: async (jobs) => jobs.map(() => again),
    batchSize: (waiting) => Math.min(waiting.length, 3),
    whenThereIsRoom: (work) => work(),
    maxWaiting: 10,
    waitMs: 60_000,
    onIdle: () => idle.push(batches.length),
    ...options,
  });
  return { lane, batches, idle };
}

const turn = () => new Promise((next) => setImmediate(next));

describe('a lane', () => {
  test('when idle, works on a job at once and alone', async () => {
    const { lane, batches, idle } = heldLane();
    const a = lane.join('a');
    expect(batches.map((batch) => batch.jobs)).toEqual([['a']]);
    batches[0]?.end([answered('A')]);
    expect(await a).toBe('A');
    await turn();
    expect(idle).toEqual([1]);
  });

  test('gathers what arrives while a batch is under way, up to the size of a batch, in order', async () => {
    const { lane, batches } = heldLane();
    const answers = ['a', 'b', 'c', 'd', 'e'].map((job) => lane.join(job));
    batches[0]?.end([answered('A')]);
    await turn();
    expect(batches[1]?.jobs).toEqual(['b', 'c', 'd']);
    batches[1]?.end(['B', 'C', 'D'].map(answered));
    await turn();
    expect(batches[2]?.jobs).toEqual(['e']);
    batches[2]?.end([answered('E')]);
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  test('puts jobs that were not decided back at its head', async () => {
    const { lane, batches } = heldLane();
    const a = lane.join('a');
    const b = lane.join('b');
    batches[0]?.end([again]);
    await turn();
    expect(batches[1]?.jobs).toEqual(['a', 'b']);
    batches[1]?.end([answered('A'), { kind: 'refused', error: new Error('no') }]);
    expect(await a).toBe('A');
    await expect(b).rejects.toThrow('no');
  });

  test('refuses a job whose turn does not come in time, and one that was given back too late', async () => {
    const { lane, batches } = heldLane({ waitMs: 20 });
    const a = lane.join('a');
    const b = lane.join('b');
    await expect(b).rejects.toMatchObject({ code: 'lock-not-acquired', retryAfterSeconds: 1 });
    batches[0]?.end([again]);
    await expect(a).rejects.toMatchObject({ code: 'lock-not-acquired' });
    await turn();
    expect(batches).toHaveLength(1);
  });

  test('looks once more, at all that are late together, before it refuses them', async () => {
    const looked: (readonly string[])[] = [];
    const { lane } = heldLane({
      waitMs: 20,
      lastLook: async (jobs) => {
        looked.push(jobs);
        return jobs.map((job) => (job === 'b' ? answered('B, bought before') : again));
      },
    });
    void lane.join('a');
    const late = ['b', 'c'].map((job) => lane.join(job));
    expect(await late[0]).toBe('B, bought before');
    await expect(late[1]).rejects.toMatchObject({ code: 'lock-not-acquired' });
    expect(looked.flat()).toEqual(['b', 'c']);
  });

  test('looks once more at a job that comes back undecided after its time', async () => {
    const { lane, batches } = heldLane({ waitMs: 1, lastLook: async () => [answered('A, bought elsewhere')] });
    const a = lane.join('a');
    await new Promise((later) => setTimeout(later, 20));
    batches[0]?.end([again]);
    expect(await a).toBe('A, bought elsewhere');
  });

  test('still answers a job that was decided after its time', async () => {
    const { lane, batches } = heldLane({ waitMs: 1 });
    const a = lane.join('a');
    await new Promise((later) => setTimeout(later, 20));
    batches[0]?.end([answered('A')]);
    expect(await a).toBe('A');
  });

  test('refuses what would wait beyond its bound', async () => {
    const { lane, batches } = heldLane({ maxWaiting: 1 });
    // The first is worked on, the second waits.
    const taken = [lane.join('a'), lane.join('b')];
    await expect(lane.join('c')).rejects.toMatchObject({ code: 'overloaded', kind: 'unavailable' });
    batches[0]?.end([answered('A')]);
    await turn();
    batches[1]?.end([answered('B')]);
    expect(await Promise.all(taken)).toEqual(['A', 'B']);
  });

  test('a batch that fails as a whole refuses its jobs, and the lane goes on', async () => {
    let runs = 0;
    const { lane } = heldLane({
      run: async (jobs) => {
        runs += 1;
        if (runs === 1) throw new Error('lost');
        return jobs.map((job) => answered(job.toUpperCase()));
      },
    });
    const a = lane.join('a');
    const b = lane.join('b');
    await expect(a).rejects.toThrow('lost');
    expect(await b).toBe('B');
  });
});
