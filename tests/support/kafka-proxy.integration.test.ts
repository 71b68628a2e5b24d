import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answeredCorrelationId, createFrameReader, requestHead } from './kafka-frames.ts';
import { type KafkaProxy, startKafkaProxy } from './kafka-proxy.ts';
import { until } from './until.ts';

const produce = 0;
const fetchMessages = 1;

function request(apiKey: number, correlationId: number, body = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(12);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt16BE(apiKey, 4);
  head.writeInt16BE(7, 6);
  head.writeInt32BE(correlationId, 8);
  return Buffer.concat([head, body]);
}

/** Splits bytes at these places, each counted from the one before. */
function* pieces(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (const size of sizes) {
    if (at < bytes.length) yield bytes.subarray(at, at + size);
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}

const requests = fc.array(
  fc.record({
    apiKey: fc.nat(80),
    correlationId: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    body: fc.uint8Array({ maxLength: 60 }),
  }),
  { maxLength: 12 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 80 });

describe('the frame reader', () => {
  test('gives every frame whole and in order, however the stream was split', () => {
    fc.assert(
      fc.property(requests, sizes, (sent, splits) => {
        const frames = sent.map(({ apiKey, correlationId, body }) => request(apiKey, correlationId, Buffer.from(body)));
        const read: Buffer[] = [];
        const reader = createFrameReader((frame) => read.push(Buffer.from(frame)));
        for (const piece of pieces(Buffer.concat(frames), splits)) reader(piece);
        expect(read).toEqual(frames);
        expect(read.map(requestHead)).toEqual(
          sent.map(({ apiKey, correlationId }) => ({ apiKey, apiVersion: 7, correlationId })),
        );
      }),
    );
  });

  test.each([-1, 0, 3, 1_000_000_000])('a length of %d is not Kafka', (length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(length);
    expect(() => createFrameReader(() => undefined)(bytes)).toThrow(`a frame of ${length} bytes`);
  });
});

describe('the proxy', () => {
  let broker: Server;
  let proxy: KafkaProxy;
  let carriedOut: number[];
  const sockets = new Set<Socket>();

  /** Answers each request, byte by byte, with its correlation id. */
  beforeEach(async () => {
    carriedOut = [];
    broker = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on(
        'data',
        createFrameReader((frame) => {
          const { correlationId } = requestHead(frame);
          carriedOut.push(correlationId);
          const answer = Buffer.alloc(8);
          answer.writeInt32BE(4, 0);
          answer.writeInt32BE(correlationId, 4);
          for (const byte of answer) socket.write(Buffer.from([byte]));
        }),
      );
    });
    await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
    const { port }: Pick<AddressInfo, 'port'> = Object(broker.address());
    proxy = await startKafkaProxy();
    proxy.connectTo(port);
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await proxy.close();
    await new Promise((closed) => broker.close(closed));
  });

  function client() {
    const answered: number[] = [];
    let ended = false;
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      ended = true;
    });
    socket.on(
      'data',
      createFrameReader((frame) => answered.push(answeredCorrelationId(frame))),
    );
    return { answered, ended: () => ended, send: (bytes: Buffer) => socket.write(bytes) };
  }

  test('passes everything on', async () => {
    const { send, answered } = client();
    const body = Buffer.alloc(300_000, 1);
    for (const id of [1, 2, 3]) send(request(id % 2, id, body));
    await until('all answers', async () => answered.length === 3);
    expect(answered).toEqual([1, 2, 3]);
    expect(proxy.swallowed).toBe(0);
  });

  test('swallows as many answers to Produce requests as it is told, and nothing else', async () => {
    const one = client();
    const other = client();
    proxy.swallowProduceAnswers(2);
    for (const id of [1, 2, 3]) one.send(request(produce, id));
    one.send(request(fetchMessages, 4));
    await until('the last answer', async () => one.answered.includes(4));
    expect(one.answered).toEqual([3, 4]);
    expect(carriedOut).toEqual([1, 2, 3, 4]);
    expect(proxy.swallowed).toBe(2);
    other.send(request(produce, 5));
    await until('the answer on the other connection', async () => other.answered.includes(5));
  });

  test('swallows no more when it is told so', async () => {
    const one = client();
    proxy.swallowProduceAnswers(2);
    proxy.swallowNoMore();
    one.send(request(produce, 1));
    await until('the answer', async () => one.answered.includes(1));
  });

  test('swallows an answer and cuts that connection, and leaves the others', async () => {
    const one = client();
    const other = client();
    other.send(request(fetchMessages, 1));
    await until('the other connection', async () => other.answered.includes(1));
    proxy.swallowProduceAnswers(1, { cut: true });
    one.send(request(produce, 2));
    await until('the connection to be cut', async () => one.ended());
    expect(one.answered).toEqual([]);
    expect(carriedOut).toEqual([1, 2]);
    other.send(request(produce, 3));
    await until('the answer on the other connection', async () => other.answered.includes(3));
  });

  test('cuts all connections, and lets new ones through', async () => {
    const before = [client(), client()];
    for (const each of before) each.send(request(fetchMessages, 1));
    await until('both to be connected', async () => before.every(({ answered }) => answered.length === 1));
    proxy.cutConnections();
    await until('both to be cut', async () => before.every(({ ended }) => ended()));
    expect(proxy.cut).toBe(2);
    const after = client();
    after.send(request(fetchMessages, 2));
    await until('the answer', async () => after.answered.includes(2));
  });

  test('cuts off who comes while the broker is down', async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => broker.close(closed));
    const one = client();
    one.send(request(fetchMessages, 1));
    await until('the connection to be cut', async () => one.ended());
    await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
  });
});
