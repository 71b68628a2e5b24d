import { StartError } from '@onsale/local-servers';
import { loadLocalConfig } from './config.ts';
import { dataFolder } from './data-folder.ts';
import { endByForce } from './end-by-force.ts';
import { startPlatform } from './platform/start-platform.ts';
import { whatToTry } from './what-to-try.ts';

// npm hands Ctrl-C on to the process that the terminal has told already: one wish to end can arrive twice.
const sameWishMs = 1_000;

const startedAt = performance.now();
const report = (line: string) => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1)} s] ${line}`);

async function main(): Promise<number> {
  const config = loadLocalConfig();
  const folder = dataFolder(config.dataFolder);
  const ending = new AbortController();
  const gaveUp = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<number>();
  let askedAt: number | undefined;
  const onSignal = () => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      console.log('\nEnding: the services finish what they have in flight, then the servers stop (again to force).');
      ending.abort();
      asked.resolve(0);
    } else if (performance.now() - askedAt > sameWishMs) {
      endByForce(folder);
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  const platform = await startPlatform({
    ...config,
    seed: config.seed ? {} : { products: 0, users: 0 },
    report,
    signal: ending.signal,
    onGaveUp: () => gaveUp.resolve(1),
  }).catch((error: unknown) => {
    if (ending.signal.aborted) return undefined;
    throw error;
  });
  if (!platform) return 0;
  if (config.gateway.exact === false && platform.url !== `http://127.0.0.1:${config.gateway.port}`) {
    report(`port ${config.gateway.port} is taken, so the gateway has the next free one`);
  }
  report('ready');
  console.log(whatToTry(platform.ready, folder.admin));
  const code = await Promise.race([asked.promise, gaveUp.promise]);
  await platform.stop();
  report('ended');
  return code;
}

try {
  process.exitCode = await main();
} catch (error) {
  // What a person can mend is one line; a bug keeps its stack.
  console.error(error instanceof StartError ? `onsale: ${error.message}` : error);
  process.exitCode = 1;
}
