import { setTimeout as delay } from 'node:timers/promises';
import { openElection } from '@onsale/platform/election';
import { createLocks } from '@onsale/platform/redis';
import type { ServiceDefinition } from '@onsale/platform/service';
import { Counter, Gauge } from 'prom-client';
import type { z } from 'zod';
import { watchConfig } from '../failover-config.ts';
import { openFailover } from '../open-failover.ts';
import { watchPrimary } from './watch-primary.ts';
import { electedByLease, electedByLock } from './while-elected.ts';

const standAgainMs = 1_000;

/** Watches the primary; of all that run, one is elected to promote its replica. */
export function watchService(afterSeconds: number): ServiceDefinition<z.output<typeof watchConfig>> {
  return {
    name: 'failover',
    config: watchConfig,
    async create({ config, log, metrics, clock, ids }) {
      const election = openElection({ config, log, clock, ids });
      const { failover, redis, close } = openFailover(config, (line) => log.info(line), log);
      const whileElected = election ? electedByLease(election) : electedByLock(createLocks({ redis, log, metrics }));
      const silent = new Gauge({
        name: 'failover_primary_silent_seconds',
        help: 'How long the primary has taken no writes, where it is watched by an elected process',
        registers: [metrics],
      });
      const promotions = new Counter({
        name: 'failover_promotions_total',
        help: 'Promotions of a replica that were begun, by outcome',
        labelNames: ['outcome'],
        registers: [metrics],
      });
      const watch = {
        afterSeconds,
        onSilence: (seconds: number) => silent.set(seconds),
        onPromotion: (outcome: 'done' | 'refused') => promotions.inc({ outcome }),
      };
      return {
        jobs: [
          {
            part: 'watch',
            async run(signal) {
              while (!signal.aborted) {
                await whileElected(signal, async (elected) => {
                  log.info({ afterSeconds }, 'watches the primary');
                  await watchPrimary(failover, watch, elected);
                });
                await delay(standAgainMs, undefined, { signal }).catch(() => undefined);
              }
            },
          },
        ],
        async close() {
          await election?.close();
          await close();
        },
      };
    },
  };
}
