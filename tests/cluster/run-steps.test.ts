import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { describeCluster } from './cluster.ts';
import { runSteps } from './run-steps.ts';
import type { Step } from './step.ts';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const cluster = describeCluster({ namespace: 'onsale', keep: false, list: false });
afterAll(() => rmSync(cluster.folder, { recursive: true }));
const good: Step = { name: 'good', shows: 'it works', run: async () => undefined };
const bad: Step = {
  name: 'bad',
  shows: 'it works',
  run: async () => {
    throw new Error('it does not');
  },
};

function play(steps: readonly Step[], signal = new AbortController().signal) {
  let now = 0;
  const clock = () => {
    now += 500;
    return now;
  };
  const tellMore = jest.fn(async () => undefined);
  return { tellMore, results: runSteps(steps, { cluster, tellMore, clock, signal }) };
}

test('a failed step is told of, and the next one is tried', async () => {
  const { tellMore, results } = play([bad, good]);
  expect(await results).toEqual([
    { name: 'bad', seconds: 0.5, outcome: 'failed' },
    { name: 'good', seconds: 0.5, outcome: 'passed' },
  ]);
  expect(tellMore).toHaveBeenCalledTimes(1);
});

test('after an essential step that failed the others are not reached', async () => {
  const { results } = play([{ ...bad, essential: true }, good]);
  expect((await results).map(({ outcome }) => outcome)).toEqual(['failed', 'not reached']);
});

test('an essential step that passes stops nothing', async () => {
  const { results } = play([{ ...good, essential: true }, good]);
  expect((await results).map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
});

test('once it is interrupted no step is begun', async () => {
  const { results } = play([good], AbortSignal.abort());
  expect((await results).map(({ outcome }) => outcome)).toEqual(['not reached']);
});
