import type { LocalServer } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';
import { drawOne } from '../draw.ts';
import { bringBack } from '../heal.ts';
import type { Injection } from '../injection.ts';
import { killed, paused } from '../signals.ts';
import { untilInSync } from './until-in-sync.ts';

const touches = ['kafka'];

export const kafkaFaults: readonly Injection[] = [
  killed({
    name: 'one broker killed',
    touches,
    takesMs: 90_000,
    holdMs: [1_000, 5_000],
    targets: (stage) => [oneOf(stage)],
    heal,
  }),
  killed({
    name: 'all brokers killed',
    touches,
    takesMs: 90_000,
    holdMs: [1_000, 5_000],
    targets: (stage) => kafkaOf(stage).brokers,
    heal,
  }),
  paused({
    name: 'one broker paused',
    touches,
    takesMs: 60_000,
    // Longer than the others wait before they go on without it.
    holdMs: [5_000, 9_000],
    target: oneOf,
    heal: (stage) => heal(stage, []),
  }),
];

function kafkaOf({ platform }: Pick<Stage, 'platform'>) {
  const { kafka } = platform.servers;
  if (kafka === undefined) throw new Error('the platform has no Kafka');
  return kafka;
}

function oneOf(stage: Stage): LocalServer {
  const { brokers } = kafkaOf(stage);
  const one = drawOne(stage.random, brokers);
  if (one === undefined) throw new Error('Kafka has no brokers');
  return one;
}

/** Starts those that are down, at once: alone, one would find no quorum. */
async function heal(stage: Stage, down: readonly LocalServer[]): Promise<void> {
  await Promise.all(down.map(bringBack));
  await untilInSync(kafkaOf(stage).bootstrap);
}
