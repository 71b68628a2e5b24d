import { describe, expect, test } from '@jest/globals';
import type { JobOutcome } from './job-outcome.ts';
import { createLanes, type LanesOptions } from './lanes.ts';

const answered = (answer: string): JobOutcome<string> => ({ kind: 'answered', answer });

/** Lanes whose batches end when the test says so. A job is a name, and after a colon the products it wants, or `p`. */
function heldLanes(options: Partial<LanesOptions<string, string>> = {}) {
  const batches: { jobs: readonly string[]; end: (outcomes: JobOutcome<string>[]) => void }[] = [];
  const lanes = createLanes<string, string>({
    productsOf: (job) => [...(job.split(':')[1] ?? 'p')],
    run: (jobs) => new Promise((end) => batches.push({ jobs, end })),
    lastLook: async (jobs) => jobs.map(() => undefined),
    maxRunning: 3,
    maxJobsOfBatch: 3,
    maxProductsOfBatch: 32,
    maxInHand: 10,
    waitMs: 60_000,
    ...options,
  });
  return { lanes, batches, begun: () => batches.map(({ jobs }) => jobs) };
}

const turn = () => new Promise((next) => setImmediate(next));
const later = () => new Promise((next) => setTimeout(next, 20));

describe('a lane', () => {
  test('when idle, works on a job at once and alone', async () => {
    const { lanes, batches, begun } = heldLanes();
    const a = lanes.join('a');
    expect(begun()).toEqual([['a']]);
    batches[0]?.end([answered('A')]);
    expect(await a).toBe('A');
  });

  test('gathers what arrives while a batch is under way, up to the size of a batch, in order', async () => {
    const { lanes, batches } = heldLanes();
    const answers = ['a', 'b', 'c', 'd', 'e'].map((job) => lanes.join(job));
    batches[0]?.end([answered('A')]);
    await turn();
    expect(batches[1]?.jobs).toEqual(['b', 'c', 'd']);
    batches[1]?.end(['B', 'C', 'D'].map(answered));
    await turn();
    expect(batches[2]?.jobs).toEqual(['e']);
    batches[2]?.end([answered('E')]);
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  test('refuses a job whose turn does not come in time, and does not work on it', async () => {
    const { lanes, batches } = heldLanes({ waitMs: 20 });
    const a = lanes.join('a');
    const b = lanes.join('b');
    await expect(b).rejects.toMatchObject({ code: 'lock-not-acquired', retryAfterSeconds: 1 });
    batches[0]?.end([answered('A')]);
    expect(await a).toBe('A');
    await turn();
    expect(batches).toHaveLength(1);
  });

  test('looks once more, at all that are late together, before it refuses them', async () => {
    const looked: (readonly string[])[] = [];
    const { lanes } = heldLanes({
      waitMs: 20,
      lastLook: async (jobs) => {
        looked.push(jobs);
        return jobs.map((job) => (job === 'b' ? answered('B, bought before') : undefined));
      },
    });
    void lanes.join('a');
    const late = ['b', 'c'].map((job) => lanes.join(job));
    expect(await late[0]).toBe('B, bought before');
    await expect(late[1]).rejects.toMatchObject({ code: 'lock-not-acquired' });
    expect(looked.flat()).toEqual(['b', 'c']);
  });

  test('still answers a job that was decided after its time', async () => {
    const { lanes, batches } = heldLanes({ waitMs: 1 });
    const a = lanes.join('a');
    await later();
    batches[0]?.end([answered('A')]);
    expect(await a).toBe('A');
  });

  test('refuses who wants a product that too many want, and no other', async () => {
    const { lanes, batches } = heldLanes({ maxInHand: 2 });
    // The first is worked on, the second waits.
    const taken = [lanes.join('a'), lanes.join('b')];
    await expect(lanes.join('c:px')).rejects.toMatchObject({ code: 'overloaded', kind: 'unavailable' });
    const other = lanes.join('d:x');
    batches[0]?.end([answered('A')]);
    await turn();
    const e = lanes.join('e');
    batches[1]?.end([answered('D')]);
    batches[2]?.end([answered('B')]);
    expect(await Promise.all([...taken, other])).toEqual(['A', 'B', 'D']);
    await turn();
    batches[3]?.end([answered('E')]);
    expect(await e).toBe('E');
  });

  test('a batch that fails as a whole refuses its jobs, and the lane goes on', async () => {
    let runs = 0;
    const { lanes } = heldLanes({
      run: async (jobs) => {
        runs += 1;
        if (runs === 1) throw new Error('lost');
        return jobs.map((job) => answered(job.toUpperCase()));
      },
    });
    const a = lanes.join('a');
    const b = lanes.join('b');
    await expect(a).rejects.toThrow('lost');
    expect(await b).toBe('B');
  });
});

describe('lanes', () => {
  test('run side by side, and never two batches of one product', async () => {
    const { lanes, batches, begun } = heldLanes();
    const answers = ['1:a', '2:bc', '3:ab', '4:d', '5:b'].map((job) => lanes.join(job));
    expect(begun()).toEqual([['1:a'], ['2:bc'], ['4:d']]);
    batches[0]?.end([answered('1')]);
    await turn();
    expect(begun()).toHaveLength(3);
    batches[1]?.end([answered('2')]);
    await turn();
    expect(batches[3]?.jobs).toEqual(['3:ab', '5:b']);
    batches[3]?.end([answered('3'), answered('5')]);
    batches[2]?.end([answered('4')]);
    expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('no more than may run, do; the next ones as soon as there is room', async () => {
    const { lanes, batches, begun } = heldLanes({ maxRunning: 1 });
    const answers = ['1:a', '2:b', '3:c'].map((job) => lanes.join(job));
    for (const index of [0, 1, 2]) {
      expect(begun()).toHaveLength(index + 1);
      batches[index]?.end([answered(`${index + 1}`)]);
      await turn();
    }
    expect(await Promise.all(answers)).toEqual(['1', '2', '3']);
  });

  test('who ran out of time waiting for another leaves the way free', async () => {
    const { lanes, batches, begun } = heldLanes({ waitMs: 20 });
    void lanes.join('1:a');
    await expect(lanes.join('2:ab')).rejects.toMatchObject({ code: 'lock-not-acquired' });
    const behind = lanes.join('3:b');
    expect(begun()).toEqual([['1:a'], ['3:b']]);
    batches[0]?.end([answered('1')]);
    batches[1]?.end([answered('3')]);
    expect(await behind).toBe('3');
  });
});
