import { expect, test } from '@jest/globals';
import { decodeBrokers } from './live-brokers.ts';

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
const absent = Buffer.from([0xff, 0xff]);

test('reads the brokers of a metadata answer, with and without a rack', () => {
  const head = [int32(1), int32(0), int32(2)];
  const one = [int32(1), text('127.0.0.1'), int32(19_092), absent];
  const three = [int32(3), text('localhost'), int32(19_094), text('rack')];
  expect(decodeBrokers(Buffer.concat([...head, ...one, ...three]))).toEqual([
    { id: 1, port: 19_092 },
    { id: 3, port: 19_094 },
  ]);
});
