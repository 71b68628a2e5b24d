import type { Anchor } from './anchor.ts';

const CONSUME = 'packages/platform/src/messaging/consumer/consume-partition.ts';
const LEAD_OUTBOX = 'packages/platform/src/messaging/outbox/lead-outbox.ts';
const COUNT_SALES = 'services/bestseller/src/usecases/count-sales.ts';
const DELIVER = 'services/order/src/delivery/deliver-order-fact.ts';

const of =
  (flow: string, file: string, detail: string) =>
  (step: string, place: Anchor['place'], text: string): Anchor => ({ step, file, text, place, of: flow, detail });

const relay = of('relay', LEAD_OUTBOX, "rows.length + ' events'");
const statistics = of('statistics', COUNT_SALES, "events.length + ' events'");
const sender = of('data-platform-sender', DELIVER, 'orderId');

const consuming = (step: string, place: Anchor['place'], text: string): Anchor => ({
  step,
  file: CONSUME,
  text,
  place,
  of: { by: 'topic', expression: 'topic' },
  detail: "[topic, partition, first.offset, last.offset].join(' ')",
});

/** The request goes to the socket in the call itself, so that the broker has it whatever becomes of this process. */
const sent = (step: string): Anchor => ({
  step,
  file: 'node_modules/kafkajs/src/network/connection.js',
  text: "this.socket.write(requestPayload.buffer, 'binary')",
  place: 'behind',
  of: { by: 'kafka request', expression: 'apiName' },
  detail: 'this.broker',
});

/** How events get out of the outbox, to their consumers, and from there on. */
export const eventAnchors: readonly Anchor[] = [
  relay('events read', 'before', 'const failure = await relay(options, rows);'),
  sent('events sent'),
  relay('events acknowledged', 'before', 'await markSent(options.connection, rows);'),
  relay('events marked', 'after', 'await markSent(options.connection, rows);'),

  consuming('window read', 'before', 'const incoming = window.map('),
  consuming('handled', 'before', 'resolveOffset(last.offset);'),
  sent('offset sent'),
  consuming('offset committed', 'after', 'await commitOffsetsIfNecessary(uncommittedOffsets());'),

  statistics('events claimed', 'before', 'await addToStatistics('),
  statistics('sales added', 'before', 'const days: DayStatistics[] = [];'),
  statistics('ranking told', 'after', 'await ranking.update(day, rows);'),

  sender('before the call', 'before', "await client.post('/orders', cloudEventOf(event), receipt, { signal });"),
  sender('call answered', 'after', "await client.post('/orders', cloudEventOf(event), receipt, { signal });"),

  of('data-platform', 'services/data-platform/src/usecases/receive-order.ts', 'event.id')(
    'received',
    'before',
    'const body: Receipt = {',
  ),
  of('data-platform', 'services/data-platform/src/persistence/deliveries.ts', 'event.id')(
    'delivery inserted',
    'before',
    "return stored === 1 ? 'stored'",
  ),
];
