import { build, type Histogram } from 'hdr-histogram-js';

export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export interface Latencies {
  record(name: string, ms: number): void;
  /** In ms, by name, in the order of their names. */
  all(): [string, Percentiles][];
}

const microseconds = 1_000;
const percentile = (histogram: Histogram, percent: number) => histogram.getValueAtPercentile(percent) / microseconds;

/** Latency distributions by name, exact to three digits up to two minutes. */
export function latencies(): Latencies {
  const histograms = new Map<string, Histogram>();
  return {
    record(name, ms) {
      const histogram =
        histograms.get(name) ?? build({ highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 });
      histograms.set(name, histogram);
      histogram.recordValue(Math.min(120_000_000, Math.max(1, Math.round(ms * microseconds))));
    },
    all() {
      const names = [...histograms.keys()].sort();
      return names.flatMap((name): [string, Percentiles][] => {
        const histogram = histograms.get(name);
        if (!histogram) return [];
        const at = (percent: number) => percentile(histogram, percent);
        return [[name, { count: histogram.totalCount, p50: at(50), p90: at(90), p99: at(99), max: at(100) }]];
      });
    },
  };
}
