import { redisReady } from '@onsale/platform/redis';
import { loadConfig, run } from '@onsale/platform/service';
import { pino } from 'pino';
import { exitCodes } from './command-line/exit-codes.ts';
import { failoverEnvironment } from './command-line/find-environment.ts';
import { runMain } from './command-line/run-main.ts';
import { failoverConfig } from './failover/failover-config.ts';
import { lossLine } from './failover/loss/loss-line.ts';
import { openFailover } from './failover/open-failover.ts';
import { promote } from './failover/promotion/promote.ts';
import { switchOver } from './failover/promotion/switch-over.ts';
import { readArguments, usage } from './failover/read-arguments.ts';
import { watchService } from './failover/watch/watch-service.ts';

const redisWaitMs = 2_000;

await runMain('failover', async (print) => {
  const asked = readArguments(process.argv.slice(2));
  if (asked.asked === 'help') {
    print(usage);
    return exitCodes.done;
  }
  const environment = await failoverEnvironment(process.env);
  if (asked.asked === 'watch') {
    await run(watchService(asked.afterSeconds), environment);
    return exitCodes.done;
  }
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
  const report = (line: string) => print(`[${seconds()} s] ${line}`);
  const config = loadConfig(failoverConfig, environment);
  const { failover, redis, close } = openFailover(config, report, pino({ level: 'silent' }));
  try {
    await redisReady(redis, redisWaitMs);
    const { primary, loss } = asked.asked === 'promote' ? await promote(failover, asked) : await switchOver(failover);
    print(`${primary} is the primary after ${seconds()} s; ${lossLine(loss)}`);
    return exitCodes.done;
  } finally {
    await close();
  }
});
