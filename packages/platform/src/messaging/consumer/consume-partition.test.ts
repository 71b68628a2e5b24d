import { describe, expect, test } from '@jest/globals';
import { consumePartition, type FetchedBatch, type PartitionOptions } from './consume-partition.ts';

function fetched(count: number, more: Partial<FetchedBatch> = {}) {
  const log: string[] = [];
  let resolved = 'nothing';
  const messages = Array.from({ length: count }, (_, n) => ({
    key: Buffer.from('k'),
    value: Buffer.from('{}'),
    timestamp: '0',
    attributes: 0,
    offset: String(100 + n),
    headers: {},
  }));
  const payload: FetchedBatch = {
    batch: { partition: 3, messages, highWatermark: '120' },
    resolveOffset: (offset) => {
      resolved = offset;
    },
    heartbeat: async () => undefined,
    commitOffsetsIfNecessary: async () => void log.push(`commit ${resolved}`),
    uncommittedOffsets: () => ({ topics: [] }),
    isRunning: () => true,
    isStale: () => false,
    ...more,
  };
  const lags: number[] = [];
  const options: PartitionOptions = {
    topic: 't',
    windowSize: 4,
    signal: new AbortController().signal,
    handleWindow: async (window) => {
      log.push(`handle ${window.map(({ message }) => message.offset).join()}`);
    },
    onLag: (messages) => lags.push(messages),
  };
  return { payload, options, log, lags };
}

describe('a partition', () => {
  test('is worked through window by window, each committed after its effect', async () => {
    const { payload, options, log, lags } = fetched(6);
    await consumePartition(payload, options);
    expect(log).toEqual(['handle 100,101,102,103', 'commit 103', 'handle 104,105', 'commit 105']);
    expect(lags).toEqual([20, 16, 16, 14]);
  });

  test('is not committed past a window that was not handled', async () => {
    const { payload, options, log } = fetched(6);
    const handleWindow: PartitionOptions['handleWindow'] = async ([first]) => {
      if (first?.message.offset === '104') throw new Error('no');
    };
    await expect(consumePartition(payload, { ...options, handleWindow })).rejects.toThrow('no');
    expect(log).toEqual(['commit 103']);
  });

  test('is left without a word, and nothing more is committed, when the signal aborts in the middle', async () => {
    const { payload, options, log } = fetched(6);
    const ending = new AbortController();
    const handleWindow: PartitionOptions['handleWindow'] = ([first]) => {
      if (first?.message.offset === '100') return Promise.resolve();
      ending.abort(new Error('enough'));
      return new Promise(() => undefined);
    };
    await consumePartition(payload, { ...options, signal: ending.signal, handleWindow });
    expect(log).toEqual(['commit 103']);
  });

  test.each([
    ['a heartbeat', { heartbeat: () => Promise.reject(new Error('rebalancing')) }],
    ['a commit', { commitOffsetsIfNecessary: () => Promise.reject(new Error('rebalancing')) }],
  ])('is left with the error of %s that fails', async (_, failing) => {
    const { payload, options, log } = fetched(6, failing);
    await expect(consumePartition(payload, options)).rejects.toThrow('rebalancing');
    expect(log).toEqual(['handle 100,101,102,103']);
  });

  test.each([
    ['the consumer has stopped', { isRunning: () => false }],
    ['the batch is stale', { isStale: () => true }],
  ])('is not begun when %s', async (_, state) => {
    const { payload, options, log } = fetched(6, state);
    await consumePartition(payload, options);
    expect(log).toEqual([]);
  });
});
