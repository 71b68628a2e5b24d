import { type Collector, pathTo, startCollector } from '@onsale/tests/support';
import type { Cluster } from '../cluster.ts';
import { purchase, shopSells } from '../shop/purchase.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';

/** Where pods reach a server on this machine. */
async function dockerGateway({ run }: Cluster): Promise<string> {
  const format = '{{range .IPAM.Config}}{{.Gateway}} {{end}}';
  const { stdout } = await run('docker', ['network', 'inspect', 'kind', '-f', format]);
  const address = stdout.split(/\s+/).find((one) => /^\d+(\.\d+){3}$/.test(one));
  if (address === undefined) throw new Error(`the network kind has no IPv4 gateway: ${stdout}`);
  return address;
}

async function forwardTraces({ helm }: Cluster, endpoint: string): Promise<void> {
  const set = ['--reuse-values', '--set', `collector.forwardTo=${endpoint}`];
  await helm(['upgrade', 'data', 'charts/onsale-infra-lite', ...set, '--wait', '--timeout', '3m'], {
    timeoutMs: 200_000,
  });
}

/** The names from the caller's request to a span, once it is there. */
function wayTo(collector: Collector, traceId: string, name: string): string[] | undefined {
  const spans = collector.spans().filter((span) => span.traceId === traceId);
  const span = spans.find((one) => one.name === name);
  return span && pathTo(span.spanId, spans);
}

/** With one request in ten traced, the chance that none of these is: 1 in 300,000. */
const mostPurchases = 120;

const request = ['POST /api/orders/*', 'POST /api/orders', 'place order'];
const writing = [...request, 'lock hold', 'transaction orders.place', 'outbox write'];

function mustBe(way: readonly string[], name: string, names: readonly string[]): void {
  if (JSON.stringify(way) !== JSON.stringify(names)) {
    throw new Error(`the way to ${name} is ${way.join(' → ')}, not ${names.join(' → ')}`);
  }
}

export const followOrder: Step = {
  name: 'trace',
  shows: 'an order is one trace through the collector: gateway, order, outbox, consumers, data platform',
  async run(cluster) {
    const collector = await startCollector({ host: await dockerGateway(cluster) });
    try {
      await forwardTraces(cluster, collector.url);
      await shopSells(cluster);
      const known = new Set(collector.spans().map(({ traceId }) => traceId));
      // Services export by themselves, and the collector in batches: a tree is whole when its root is there.
      const arrives = <T>(awaited: string, find: () => T | undefined) =>
        eventually(awaited, async () => find(), { withinMs: 40_000 });
      const traced = () =>
        collector.spans().find((span) => span.name === 'place order' && !known.has(span.traceId))?.traceId;
      // One request in ten is traced.
      for (let bought = 0; bought < mostPurchases && traced() === undefined; bought++) await purchase(cluster);
      const traceId = await arrives('the order in a trace', traced);
      const way = (name: string) => arrives(`the way to ${name}`, () => wayTo(collector, traceId, name));
      mustBe(await way('outbox write'), 'the outbox', writing);
      const delivery = await way('POST /orders');
      mustBe(delivery.slice(0, request.length), 'the delivery', request);
      mustBe(delivery.slice(-4), 'the data platform', [
        'outbox write',
        'consume order-completed',
        'POST data-platform',
        'POST /orders',
      ]);
      cluster.say(delivery.join(' → '));
      const consumers = () =>
        collector.spans().filter((span) => span.traceId === traceId && span.name === 'consume order-completed')
          .length >= 2
          ? true
          : undefined;
      await arrives('both consumers in the trace', consumers);
    } finally {
      await forwardTraces(cluster, '');
      await collector.close();
    }
  },
};
