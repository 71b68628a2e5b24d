import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, dataFolderOf } from '@onsale/local';
import { DEMO_PASSWORD, seedUser } from '@onsale/seed';
import { dropFile } from '../drop-file.ts';
import { loadScenario } from '../load-scenario.ts';
import { openClientLog } from '../sale/client-log.ts';
import { mintBuyers } from '../sale/mint-buyers.ts';
import { openProgress } from '../sale/open-progress.ts';
import { printFigures, printVerdict } from '../sale/print-result.ts';
import { judge } from '../sale/verdict.ts';
import { collectDrop } from '../told/collect-drop.ts';
import { auditInCluster } from './audit-in-cluster.ts';
import { buyerFiles } from './buyer-files.ts';
import type { LoadResult } from './load-result.ts';
import type { LoadRun } from './load-run.ts';
import { mintFromSecret } from './mint-from-secret.ts';
import { playInCluster } from './play-in-cluster.ts';
import { readAudit } from './read-audit.ts';

/** Each is a JavaScript thread of its own inside k6. */
const players = 4;
const mostMinutes = 30;

const fromSecret = (name: string, secret: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

/** Plays the drop inside the cluster, has the release audited, and judges as the sale does. @throws SaleError */
export async function drop({ cluster, options, run, signal }: LoadRun): Promise<LoadResult> {
  const scenario = loadScenario(dropFile);
  const buyers = await mintFromSecret(cluster, options.release, (mint) => mintBuyers(scenario, mint));
  const logins = scenario.logins.map((buyer) => ({ buyer, email: seedUser(buyer).email, password: DEMO_PASSWORD }));
  const tokens = buyerFiles(buyers);
  console.log(`the drop (seed ${scenario.seed}): ${scenario.steps.length} requests of ${buyers.size} buyers`);

  const folder = dataFolder(dataFolderOf(process.env)).sales;
  mkdirSync(folder, { recursive: true });
  const clientLog = join(folder, `${run}.jsonl`);
  const log = openClientLog(clientLog);
  const progress = openProgress(scenario.steps.length, { endsOnSignal: false });
  const counts = { ok: 0, refused: 0, unknown: 0 };
  const collected = collectDrop({
    players,
    attempted(line) {
      log.write(line);
      counts[line.outcome]++;
      progress.show(counts);
    },
    requested: () => progress.step(),
  });
  const admin = `${options.release}-admin`;
  // Before anything is sold: what is played must be judged.
  await readAudit(cluster, options.release);
  await playInCluster({
    cluster,
    options,
    run,
    environment: {
      SPEED: String(options.speed),
      PLAYERS: String(players),
      BUYER_FILES: String(Object.keys(tokens).length),
    },
    secretEnvironment: [fromSecret('ADMIN_EMAIL', admin, 'email'), fromSecret('ADMIN_PASSWORD', admin, 'password')],
    files: { 'scenario.json': readFileSync(dropFile, 'utf8') },
    secretFiles: { ...tokens, 'logins.json': JSON.stringify(logins) },
    deadlineSeconds: mostMinutes * 60,
    heard: (told) => collected.hear(told),
    signal,
  }).finally(() => progress.end());
  await log.close();
  const { tally, unresolved, scarceLeft, durationMs, latestMs, requests, attempts } = collected.end();
  console.log(`\nPlayed in ${(durationMs / 1000).toFixed(1)} s; sent at most ${latestMs.toFixed(0)} ms late`);
  console.log(printFigures(tally));
  console.log(`\nThe audit, with what the clients heard (${clientLog}):`);
  const auditCode = await auditInCluster({ cluster, options, run, clientLog, signal });
  const promises = judge({ ...tally, scarceStock: scenario.scarce.stock, scarceLeft, unresolved, auditCode });
  console.log(printVerdict(promises));
  return {
    verdict: promises.every(({ kept }) => kept) ? 'kept' : 'broken',
    run,
    requests,
    attempts,
    faults: tally.faults,
    unresolved,
    scarceSold: tally.scarceSold,
    scarceLeft,
    latestMs: Math.round(latestMs),
    auditCode,
    clientLog,
  };
}
