import { ConfigError } from '@onsale/platform/service';
import { loadSeedConfig } from './config.ts';
import { runSeed } from './run-seed.ts';
import { SeedError } from './seed-error.ts';

try {
  await runSeed(loadSeedConfig(process.env), (line) => void process.stdout.write(`${line}\n`), new Date());
} catch (error) {
  const expected = error instanceof SeedError || error instanceof ConfigError;
  process.stderr.write(`seed: ${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
