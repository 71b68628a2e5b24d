import { mintBuyers } from '../sale/mint-buyers.ts';
import { SaleError } from '../sale/sale-error.ts';
import type { ToldFailure, ToldSummary } from '../told/told.ts';
import { buyerFiles } from './buyer-files.ts';
import type { LoadRun } from './load-run.ts';
import { mintFromSecret } from './mint-from-secret.ts';
import { playInCluster } from './play-in-cluster.ts';

/** Enough that no limit by user is met at any rate that a small cluster can bear. */
const buyers = 200;

/** So many failures are told one by one. */
const mostFirst = 10;

/** The time that k6 may take beside its load. */
const moreSeconds = 240;

/** Times in ms; sent since the load began. */
export type FailedRequest = Pick<ToldFailure, 'kind' | 'method' | 'path' | 'sentMs' | 'tookMs'>;

export interface SingleRequests {
  readonly summary: ToldSummary;
  /** Failures by what was heard. Of a shop that is down for long not all are told; the summary counts all. */
  readonly failures: Readonly<Record<string, number>>;
  /** Those that were sent first, of those that were told. */
  readonly firstFailures: readonly FailedRequest[];
}

/** Has k6 send single requests inside the cluster, of the kind and as many as is asked for. @throws SaleError */
export async function singleRequests({ cluster, options, run, signal }: LoadRun): Promise<SingleRequests> {
  const steps = Array.from({ length: buyers }, (_, index) => ({ buyer: index + 1 }));
  const minted = await mintFromSecret(cluster, options.release, (mint) => mintBuyers({ steps }, mint));
  const files = buyerFiles(minted);
  const failures = new Map<string, ToldFailure>();
  let summary: ToldSummary | undefined;
  await playInCluster({
    cluster,
    options,
    run,
    environment: {
      MIX: options.mix,
      RATE: String(options.rate),
      SECONDS: String(options.seconds),
      BUYER_FILES: String(Object.keys(files).length),
    },
    secretEnvironment: [],
    files: {},
    secretFiles: files,
    deadlineSeconds: options.seconds + moreSeconds,
    heard(told) {
      if (told.told === 'failed') failures.set(`${told.player}/${told.number}`, told);
      if (told.told === 'summary') summary = told;
    },
    signal,
  });
  if (!summary) throw new SaleError('k6 ended without a summary');
  const kinds = Map.groupBy(failures.values(), ({ kind }) => kind);
  return {
    summary,
    failures: Object.fromEntries([...kinds].map(([kind, times]) => [kind, times.length])),
    firstFailures: [...failures.values()]
      .toSorted((a, b) => a.sentMs - b.sentMs)
      .slice(0, mostFirst)
      .map(({ kind, method, path, sentMs, tookMs }) => ({ kind, method, path, sentMs, tookMs })),
  };
}
