import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalServer, LocalServers } from '../local-servers.ts';
import { startServers } from '../start-servers.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { liveBrokers, seenBrokers } from './live-brokers.ts';

let folder: TemporaryFolder;
let servers: LocalServers;
let brokers: readonly LocalServer[];

beforeAll(async () => {
  folder = await temporaryFolder();
  servers = await startServers({ dataFolder: folder.path, kafka: { brokers: 3 } });
  brokers = servers.kafka?.brokers ?? [];
}, 180_000);

afterAll(async () => {
  await servers?.stop();
  await folder.remove();
}, 60_000);

function broker(number: 1 | 2 | 3): LocalServer {
  const found = brokers[number - 1];
  if (!found) throw new Error(`no broker ${number}`);
  return found;
}

/** What broker 3 sees of its cluster, once it sees this many. */
async function seen(amount: number): Promise<number[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const live = await liveBrokers(broker(3).port, 2_000);
    if (live.length === amount || Date.now() > deadline) return live.toSorted();
    await delay(100);
  }
}

describe('three brokers', () => {
  test('a killed one is missed within seconds and comes back', async () => {
    await broker(1).kill();
    expect(await seen(2)).toEqual([2, 3]);
    await broker(1).restart();
    expect(await seen(3)).toEqual([1, 2, 3]);
  }, 90_000);

  test('a paused one is missed, and is back when it is resumed', async () => {
    await broker(2).pause();
    expect(await seen(2)).toEqual([1, 3]);
    await broker(2).resume();
    expect(await seen(3)).toEqual([1, 2, 3]);
  }, 90_000);

  test('a stopped one comes back', async () => {
    await broker(2).stop();
    expect(await seen(2)).toEqual([1, 3]);
    await broker(2).restart();
    expect(await seen(3)).toEqual([1, 2, 3]);
  }, 90_000);
});

test('brokers that advertise other ports serve, send clients there, and come back after a crash', async () => {
  const own = await temporaryFolder();
  const advertisedPorts = [41_001, 41_002, 41_003];
  const started = await startServers({ dataFolder: own.path, kafka: { brokers: 3, advertisedPorts } });
  try {
    const [first, second] = started.kafka?.brokers ?? [];
    if (!first || !second) throw new Error('no brokers');
    await first.kill();
    await first.restart();
    for (const each of [first, second]) {
      const seen = (await seenBrokers(each.port, 2_000)).toSorted((a, b) => a.id - b.id);
      expect(seen.map(({ port }) => port)).toEqual(advertisedPorts);
    }
  } finally {
    await started.stop();
    await own.remove();
  }
}, 180_000);
