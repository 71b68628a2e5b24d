import type { LoadResult } from './load-result.ts';
import type { LoadRun } from './load-run.ts';
import { singleRequests } from './single-requests.ts';

/** So many requests a second for so long; kept when no more than allowed failed. @throws SaleError */
export async function steady(load: LoadRun): Promise<LoadResult> {
  const { rate, seconds, maxFailed } = load.options;
  const { summary, failures: heard, firstFailures } = await singleRequests(load);
  const { requests, refused, notSent, p50Ms, p99Ms, maxMs } = summary;
  const failed = summary.failed + notSent;
  const failures = { ...heard, ...(notSent > 0 && { 'not sent': notSent }) };
  const ms = [p50Ms, p99Ms, maxMs].map((value) => value.toFixed(1));
  console.log(
    `${requests} requests in ${seconds} s (asked for ${rate} a second), ${refused} refused by a rule, ${failed} failed`,
  );
  for (const [kind, times] of Object.entries(failures)) console.log(`  ${String(times).padStart(8)}  ${kind}`);
  for (const { kind, method, path, sentMs, tookMs } of firstFailures) {
    console.log(
      `  after ${(sentMs / 1000).toFixed(1)} s: ${method} ${path}: ${kind}, ${tookMs.toFixed(0)} ms after it was sent`,
    );
  }
  console.log(`latency in ms: p50 ${ms[0]}, p99 ${ms[1]}, at most ${ms[2]}`);
  return {
    verdict: failed <= maxFailed && requests > 0 ? 'kept' : 'broken',
    requests,
    failed,
    failures,
    firstFailures,
    refused,
    perSecond: Math.round((requests / seconds) * 10) / 10,
    p50Ms,
    p99Ms,
    maxMs,
  };
}
