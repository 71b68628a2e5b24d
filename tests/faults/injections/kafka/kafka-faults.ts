import type { LocalServer } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';
import { freeze, kill } from '../breakable.ts';
import { bringBack } from '../heal.ts';
import { drawMs } from '../hold.ts';
import type { Injection } from '../injection.ts';
import { untilInSync } from './until-in-sync.ts';

const touches = ['kafka'];

export const kafkaFaults: readonly Injection[] = [
  {
    name: 'one broker killed',
    touches,
    takesMs: 90_000,
    async inject(stage, signal) {
      const one = oneOf(stage);
      const holdMs = drawMs(stage.random, 1_000, 5_000);
      return kill([one], { holdMs, signal, heal: () => healed(stage, [one]) });
    },
  },
  {
    name: 'all brokers killed',
    touches,
    takesMs: 90_000,
    async inject(stage, signal) {
      const { brokers } = kafkaOf(stage);
      const holdMs = drawMs(stage.random, 1_000, 5_000);
      return kill(brokers, { holdMs, signal, heal: () => healed(stage, brokers) });
    },
  },
  {
    name: 'one broker paused',
    touches,
    takesMs: 60_000,
    async inject(stage, signal) {
      // Longer than the others wait before they go on without it.
      const holdMs = drawMs(stage.random, 5_000, 9_000);
      return freeze(oneOf(stage), { holdMs, signal, heal: () => healed(stage, []) });
    },
  },
];

function kafkaOf({ platform }: Pick<Stage, 'platform'>) {
  const { kafka } = platform.servers;
  if (kafka === undefined) throw new Error('the platform has no Kafka');
  return kafka;
}

function oneOf(stage: Stage): LocalServer {
  const { brokers } = kafkaOf(stage);
  const one = brokers[Math.floor(stage.random() * brokers.length)];
  if (one === undefined) throw new Error('Kafka has no brokers');
  return one;
}

/** Starts those that are down, at once: alone, one would find no quorum. */
async function healed(stage: Stage, down: readonly LocalServer[]): Promise<void> {
  await Promise.all(down.map(bringBack));
  await untilInSync(kafkaOf(stage).bootstrap);
}
