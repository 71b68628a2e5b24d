import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Platform, startPlatform } from '@onsale/local';
import { until } from '@onsale/tests/support';
import type { Stage } from '../campaign/stage.ts';
import { injections } from './index.ts';
import { type LaidWires, layWires } from './network/wires.ts';
import { startTraffic, type Traffic } from './testing/start-traffic.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'onsale-injections-'));
const startMs = 150_000;
let laid: LaidWires;
let platform: Platform;
let traffic: Traffic;
let stage: Stage;

beforeAll(async () => {
  laid = await layWires();
  const seed = { products: 1, users: 1 };
  platform = await startPlatform({ dataFolder, instances: { order: 2 }, seed, ...laid.options });
  traffic = await startTraffic(platform);
  stage = {
    platform,
    dataFolder,
    wires: laid.connect(platform),
    crashPoints: {
      environment: {},
      arm: async () => undefined,
      disarm: async () => undefined,
      reached: async () => undefined,
    },
    // The shortest of what each fault may draw.
    random: () => 0,
    say: () => undefined,
  };
}, startMs);
afterAll(async () => {
  await traffic?.stop();
  await platform?.stop();
  await laid?.close();
  rmSync(dataFolder, { recursive: true, force: true });
}, startMs);

const never = new AbortController().signal;

/** One of each kind: the campaign has all of them. */
const tried = [
  'order killed',
  'gateway paused',
  'primary killed at COMMIT',
  'replica lagging',
  'redis emptied',
  'redis set back',
  'one broker paused',
  'primary wire frozen',
  'redis wire slow',
  'all broker wires cut',
  'pools exhausted',
  'connections refused',
];

describe('a fault happens, and all is whole after it', () => {
  test.each(tried)(
    '%s',
    async (name) => {
      const fault = injections.find((each) => each.name === name);
      const evidence = await fault?.inject(stage, never);
      expect(evidence).toMatchObject({ happened: true });
      const before = traffic.done;
      await until('the sale to go on', async () => traffic.done > before + 20, 30_000);
    },
    180_000,
  );

  test('names are told apart', () => {
    expect(new Set(injections.map(({ name }) => name)).size).toBe(injections.length);
  });
});
