import type { Cluster } from '../cluster.ts';
import { eventually } from '../tools/eventually.ts';
import { everythingReady } from '../tools/rollouts.ts';
import { secondsSince } from '../tools/seconds-since.ts';
import { loseServer, namedPrimary, readyInRole } from './mysql-servers.ts';
import { shopSells } from './purchase.ts';
import { type LoadResult, type SteadyLoad, startLoad } from './steady-load.ts';

const rate = { perSecond: 10, ordersPercent: 60, readBack: true };
const someOrders = 60;
const withinMs = 240_000;

async function ordersFlow(load: SteadyLoad): Promise<void> {
  const enough = load.granted() + someOrders;
  const flow = async () => (load.granted() >= enough ? true : undefined);
  await eventually(`${someOrders} orders to be granted`, flow, { withinMs: 90_000 });
}

async function whileOrdersFlow(cluster: Cluster, act: (load: SteadyLoad) => Promise<void>): Promise<LoadResult> {
  const load = await startLoad(cluster, rate);
  try {
    await ordersFlow(load);
    await act(load);
  } catch (error) {
    await load.stop().catch(() => undefined);
    throw error;
  }
  return load.stop();
}

/** Sees that the lost server is there again, with what it lost, and follows another. */
async function comesBack(cluster: Cluster, lost: string): Promise<void> {
  const isReplica = async () => ((await readyInRole(cluster, 'replica')).includes(lost) ? true : undefined);
  await eventually(`${lost} to be a replica`, isReplica, { withinMs });
  const primary = await namedPrimary(cluster);
  if (primary === lost) throw new Error(`${lost} is named primary still`);
  if (!(await readyInRole(cluster, 'primary')).includes(primary)) throw new Error(`${primary} does not take writes`);
}

/**
 * Loses the primary with its volume while orders flow, waits until a replica is promoted, the shop sells, and the lost
 * server is back as a replica.
 * @throws Error when an order that was granted is missing in the end
 */
export async function losePrimaryUnderLoad(cluster: Cluster, promoted: (lost: string) => Promise<void>): Promise<void> {
  await everythingReady(cluster, withinMs);
  const lost = await namedPrimary(cluster);
  const result = await whileOrdersFlow(cluster, async (load) => {
    const begun = performance.now();
    const tell = (what: string) => cluster.say(`${secondsSince(begun, 1)} s: ${what}`);
    await loseServer(cluster, lost);
    tell(`${lost} and its volume are gone`);
    await promoted(lost);
    tell(`${await namedPrimary(cluster)} is promoted`);
    await shopSells(cluster, withinMs);
    tell('the shop sells');
    await ordersFlow(load);
    await comesBack(cluster, lost);
    tell(`${lost} is back as a replica`);
    await everythingReady(cluster, withinMs);
  });
  const { granted, missing, postponed, failed, longestSilence, failures } = result;
  cluster.say(`${granted} orders granted, ${missing} of them missing; longest pause ${longestSilence.toFixed(1)} s`);
  cluster.say(`${postponed} requests told to come again, ${failed} failed`);
  for (const failure of failures) cluster.say(JSON.stringify(failure));
  if (missing > 0) throw new Error(`${missing} orders that were granted are missing`);
}
