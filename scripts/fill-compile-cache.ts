// Fills NODE_COMPILE_CACHE with what the services load when they start. Each one is started without configuration, which
// it refuses with one line; anything else it says or does is a failure, so that an image whose services cannot be loaded
// is not built. Usage: node scripts/fill-compile-cache.ts (in the folder that holds services/)
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const timeoutMs = 60_000;
const refusal = z.object({ code: z.union([z.literal(1), z.literal(2)]), stdout: z.literal(''), stderr: z.string() });
const flags = ['--disable-warning=ExperimentalWarning', '--import', '@onsale/platform/register'];
// Tracing is on where there is somebody to tell: what it loads belongs in the cache as well.
const environment = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
};

const mains = globSync('services/*/src/main.ts').toSorted();
if (mains.length === 0 || !environment.NODE_COMPILE_CACHE)
  throw new Error('no services here, or no NODE_COMPILE_CACHE');
for (const main of mains) await start(main);

async function start(main: string): Promise<void> {
  const service = basename(dirname(dirname(main)));
  const outcome: unknown = await promisify(execFile)(process.execPath, [...flags, main], {
    env: environment,
    timeout: timeoutMs,
  }).catch((error: unknown) => error);
  const { success, data } = refusal.safeParse(outcome);
  const said = data?.stderr.trim() ?? '';
  if (!success || !said.startsWith(`${service}: `) || said.includes('\n')) {
    throw new Error(`${main} did not refuse to start without configuration`, { cause: outcome });
  }
}
