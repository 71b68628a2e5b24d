import { drop } from './cluster/drop.ts';
import type { LoadResult, Verdict } from './cluster/load-result.ts';
import { openCluster } from './cluster/open-cluster.ts';
import { peak } from './cluster/peak.ts';
import { readArguments } from './cluster/read-arguments.ts';
import { runId } from './cluster/run-id.ts';
import { steady } from './cluster/steady.ts';
import { SaleError } from './sale/sale-error.ts';

const loads = { drop, steady, peak };
const exitCodes: Readonly<Record<Verdict, number>> = { kept: 0, broken: 1, failed: 2 };
const interruptedCode = 130;

/** Ends with one JSON object on a line of its own, whatever became of it. */
function end(scenario: string, result: LoadResult): void {
  console.log(JSON.stringify({ scenario, ...result }));
  process.exitCode = exitCodes[result.verdict];
}

/** A terminal and npm both send the signal: two in one moment are one. */
const sameMomentMs = 1_500;

const interrupted = new AbortController();
let interruptedAt = 0;
const interrupt = () => {
  if (!interrupted.signal.aborted) {
    interruptedAt = performance.now();
    console.error('onsale: interrupted; taking away what was made');
    interrupted.abort();
  } else if (performance.now() - interruptedAt > sameMomentMs) {
    process.exit(interruptedCode);
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

let scenario = 'load';
try {
  const options = readArguments(process.argv.slice(2));
  scenario = options.kind;
  const cluster = openCluster(options);
  const run = runId(new Date(), Math.random);
  end(scenario, await loads[options.kind]({ cluster, options, run, signal: interrupted.signal }));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const told = interrupted.signal.aborted ? 'interrupted' : message;
  // What a person can mend is one line; a bug keeps its stack.
  if (!interrupted.signal.aborted) console.error(error instanceof SaleError ? `onsale: ${message}` : error);
  end(scenario, { verdict: 'failed', error: told });
  if (interrupted.signal.aborted) process.exitCode = interruptedCode;
}
