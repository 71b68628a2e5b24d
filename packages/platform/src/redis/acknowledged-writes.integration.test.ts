import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { createAcknowledgedWrites } from './acknowledged-writes.ts';
import { type TestClient, testRedis } from './testing/test-redis.ts';

const one = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const two = '4c22fa47-71ca-11e1-9e33-c80aa9429562';
let given: TestClient;

beforeAll(async () => {
  given = await testRedis();
});
afterAll(() => given?.close());

test('the highest commit of each server is kept, whoever notes it and in whatever order', async () => {
  const writes = createAcknowledgedWrites(given.redis);
  const others = createAcknowledgedWrites(await given.again());
  expect(await writes.highestOf(one)).toBeUndefined();
  others.note(`${one}:12`);
  expect(await others.highestOf(one)).toBe(12);
  writes.note(`${one}:9`);
  writes.note(undefined);
  writes.note('no gtid');
  writes.note(`${two.toUpperCase()}:3`);
  expect([await writes.highestOf(one), await writes.highestOf(two)]).toEqual([12, 3]);
});

test('what Redis lost while it was away it is told again', async () => {
  const writes = createAcknowledgedWrites(given.redis);
  writes.note(`${one}:20`);
  await given.server.kill();
  writes.note(`${one}:21`);
  await given.server.restart();
  await until('the note to be there again', async () => (await writes.highestOf(one).catch(() => 0)) === 21);
});
