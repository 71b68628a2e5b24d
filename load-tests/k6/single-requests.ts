import { instance, vu } from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import type { Ask } from '../src/sale/client.ts';
import { hear } from '../src/sale/outcome.ts';
import { failureOf } from './failure-of.ts';
import { findProducts } from './find-products.ts';
import { gatewayClient } from './gateway-client.ts';
import { type Mix, nextAsk } from './mix.ts';
import { orTell } from './or-tell.ts';
import { readBuyers } from './read-buyers.ts';
import { setting } from './setting.ts';
import { tell } from './tell.ts';

const client = gatewayClient(setting('GATEWAY_URL'));
const mix: Mix = setting('MIX') === 'orders' ? 'orders' : 'browse';
const buyers = [...readBuyers().values()];

const requests = new Counter('load_requests');
const answered = new Counter('load_answered');
const refused = new Counter('load_refused');
const failed = new Counter('load_failed');
const took = new Trend('load_took', true);

/** Of each player. No log can hold every failure of a shop that is down; the counter has them all. */
const mostFailuresTold = 100;
let failuresTold = 0;

function fail(kind: string, { method, path }: Ask, sentMs: number): void {
  failed.add(1);
  if (failuresTold >= mostFailuresTold) return;
  const tookMs = instance.currentTestRunDuration - sentMs;
  tell({ told: 'failed', player: vu.idInTest, number: failuresTold, kind, method, path, sentMs, tookMs });
  failuresTold++;
}

export interface Prepared {
  readonly productIds: readonly string[];
}

/** Finds out what can be asked for. */
export function prepare(): Promise<Prepared> {
  return orTell(async () => ({ productIds: await findProducts(client) }));
}

/** Sends one request of the mix, once, and counts what came of it. */
export async function sendOne({ productIds }: Prepared): Promise<void> {
  const ask = nextAsk(mix, { productIds, buyers });
  requests.add(1);
  const sentMs = instance.currentTestRunDuration;
  try {
    const heard = hear(await client.send(ask));
    took.add(instance.currentTestRunDuration - sentMs);
    const failure = failureOf(ask, heard);
    if (failure !== undefined) return fail(failure, ask, sentMs);
    answered.add(1);
    if (heard.outcome === 'refused') refused.add(1);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), ask, sentMs);
  }
}
