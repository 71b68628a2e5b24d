import { expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { partitionRanges } from './partition-ranges.ts';

// Brokers that are about to lead, and say so, cannot be had at will.
function asked(...failures: Error[]) {
  let calls = 0;
  const fetchTopicOffsets = async () => {
    const failure = failures[calls];
    calls += 1;
    if (failure !== undefined) throw failure;
    return [{ partition: 0, offset: '7', low: '2', high: '7' }];
  };
  return { admin: { fetchTopicOffsets }, calls: () => calls };
}

const protocolError = (type: string, retriable: boolean) =>
  new kafkajs.KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 6, retriable }));

test('a broker that does not know yet that it leads is asked again', async () => {
  const { admin, calls } = asked(protocolError('NOT_LEADER_FOR_PARTITION', true));
  const ranges = await partitionRanges(admin, ['things'], AbortSignal.timeout(5000));
  expect(ranges.get('things')).toEqual([{ partition: 0, low: 2n, high: 7n }]);
  expect(calls()).toBe(2);
});

test('what does not pass is told at once', async () => {
  const { admin, calls } = asked(protocolError('TOPIC_AUTHORIZATION_FAILED', false));
  await expect(partitionRanges(admin, ['things'], AbortSignal.timeout(5000))).rejects.toThrow(
    'TOPIC_AUTHORIZATION_FAILED',
  );
  expect(calls()).toBe(1);
});

test('nobody is asked again after the end', async () => {
  const { admin, calls } = asked(protocolError('NOT_LEADER_FOR_PARTITION', true));
  await expect(partitionRanges(admin, ['things'], AbortSignal.abort(new Error('too late')))).rejects.toThrow();
  expect(calls()).toBe(1);
});
