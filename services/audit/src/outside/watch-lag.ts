import { groupLag, type KafkaConnection } from '@onsale/platform/messaging';
import { failureOf } from '../snapshot/failure-of.ts';
import { orderTopics, SENDER, STATISTICS } from './consumers.ts';

const TIMEOUT_MS = 5_000;

/** How far the consumers are behind their topics; or, while the brokers do not say, why not. */
export type Lag = { readonly messages: number } | { readonly unknown: string };

export interface WatchLag {
  readonly kafka: KafkaConnection;
  /** Whether orders are handed on to a data platform. */
  readonly sender: boolean;
  /** How long an answer is good for, in milliseconds: below the still span, so that one always falls into it. */
  readonly everyMs: number;
  readonly now: () => number;
}

async function readLag({ kafka, sender }: WatchLag): Promise<Lag> {
  try {
    let messages = 0;
    for (const group of [STATISTICS, ...(sender ? [SENDER] : [])]) {
      messages += await groupLag(kafka, group, orderTopics, { timeoutMs: TIMEOUT_MS });
    }
    return { messages };
  } catch (error) {
    return { unknown: failureOf('the brokers did not answer', error).message };
  }
}

/** Makes a look at the lag that asks the brokers less often than it is called. */
export function watchLag(options: WatchLag): () => Promise<Lag> {
  let last: { readonly lag: Lag; readonly at: number } | undefined;
  return async () => {
    if (last === undefined || options.now() - last.at >= options.everyMs) {
      last = { lag: await readLag(options), at: options.now() };
    }
    return last.lag;
  };
}
