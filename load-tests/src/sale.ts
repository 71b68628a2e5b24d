import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DataFolder, dataFolder, dataFolderOf, readPlatform, tokenMinter } from '@onsale/local';
import { DEMO_PASSWORD, seededRandom, seedUser } from '@onsale/seed';
import { dropFile } from './drop-file.ts';
import { loadScenario } from './load-scenario.ts';
import { openClientLog } from './sale/client-log.ts';
import { mintBuyers } from './sale/mint-buyers.ts';
import { openClient } from './sale/open-client.ts';
import { openProgress } from './sale/open-progress.ts';
import { play } from './sale/play.ts';
import { createScarceProduct, logIn, stockOf } from './sale/prepare.ts';
import { printFigures, printVerdict } from './sale/print-result.ts';
import { AUDIT_WAIT_SECONDS, runAudit } from './sale/run-audit.ts';
import { SaleError } from './sale/sale-error.ts';
import { tally } from './sale/tally.ts';
import { judge } from './sale/verdict.ts';

const connections = 256;

const usage = 'usage: npm run sale [-- --url http://127.0.0.1:8080] [--speed 2]';

/** Another way to the gateway, and how many times faster than it was written the scenario is played. */
function readArguments(): { url?: string; speed: number } {
  try {
    const { url, speed = '1' } = parseArgs({ options: { url: { type: 'string' }, speed: { type: 'string' } } }).values;
    if (!(Number(speed) > 0)) throw new RangeError('--speed must be above 0');
    if (url !== undefined && !isThisMachine(url)) throw new RangeError('--url must be on this machine');
    return { ...(url !== undefined && { url }), speed: Number(speed) };
  } catch (error) {
    throw new SaleError(`${error instanceof Error ? error.message : error}; ${usage}`, { cause: error });
  }
}

/** A sale is a load test: it is never sent to somebody else's machine. */
function isThisMachine(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

async function playDrop(folder: DataFolder): Promise<boolean> {
  const { url, speed } = readArguments();
  const running = readPlatform(folder);
  if (!running) throw new SaleError(`no platform is ready in ${folder.root}: start one with npm start, then try again`);
  const { ready, platform } = running;
  const drop = loadScenario(dropFile);
  const client = openClient(url ?? ready.url, connections);
  try {
    const scarceId = await createScarceProduct(client, ready, drop);
    console.log(`${drop.scarce.name} (${drop.scarce.nameKo}) is made: ${scarceId}, ${drop.scarce.stock} pieces`);
    console.log(`${drop.logins.length} buyers log in, the others have their tokens minted`);
    const buyers = await mintBuyers(drop, tokenMinter(platform.signingKeysFile));
    for (const number of drop.logins) {
      const { id, email } = seedUser(number);
      buyers.set(number, { userId: id, token: await logIn(client, { email, password: DEMO_PASSWORD }) });
    }

    mkdirSync(folder.sales, { recursive: true });
    const run = new Date().toISOString().replaceAll(':', '-');
    const logFile = join(folder.sales, `${run}.jsonl`);
    const log = openClientLog(logFile);
    const counted = tally(scarceId);
    const counts = { ok: 0, refused: 0, unknown: 0 };
    let latestMs = 0;
    console.log(`the drop (seed ${drop.seed}): ${drop.steps.length} requests of ${buyers.size} buyers`);
    const progress = openProgress(drop.steps.length);
    const played = await play({
      scenario: drop,
      client,
      run,
      scarceId,
      speed,
      buyerOf: (buyer) => buyers.get(buyer),
      now: () => performance.now(),
      random: seededRandom(drop.seed),
      attempted: (attempted, { dueMs, sentMs }, line) => {
        log.write(line);
        counted.add(attempted);
        counts[attempted.outcome]++;
        latestMs = Math.max(latestMs, sentMs - dueMs);
        progress.show(counts);
      },
      stepDone: () => progress.step(),
    }).finally(() => progress.end());
    await log.close();
    const result = counted.result();
    console.log(`\nPlayed in ${(played.durationMs / 1000).toFixed(1)} s; sent at most ${latestMs.toFixed(0)} ms late`);
    console.log(printFigures(result));

    const scarceLeft = await stockOf(client, scarceId);
    console.log(
      `\nThe audit, with what the clients heard (${logFile}). First it waits, up to ${AUDIT_WAIT_SECONDS} s, until`,
    );
    console.log('every event is sent, counted in the bestsellers and delivered to the data platform:');
    const auditCode = await runAudit({ dataFolder: folder.root, clientLog: logFile, environment: process.env });
    const { unresolved } = played;
    const promises = judge({ ...result, scarceStock: drop.scarce.stock, scarceLeft, unresolved, auditCode });
    console.log(printVerdict(promises));
    return promises.every(({ kept }) => kept);
  } finally {
    await client.close();
  }
}

try {
  process.exitCode = (await playDrop(dataFolder(dataFolderOf(process.env)))) ? 0 : 1;
} catch (error) {
  // What a person can mend is one line; a bug keeps its stack.
  console.error(error instanceof SaleError ? `onsale: ${error.message}` : error);
  process.exitCode = 1;
}
