import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sharedServers } from '@onsale/tests/support';
import type { Admin } from 'kafkajs';
import { silent } from '../testing/test-messaging.ts';
import { openKafka } from './open-kafka.ts';

let sick: Server;
let port: number;
let onRequest: (socket: Socket) => void;
const sockets = new Set<Socket>();

beforeEach(async () => {
  sick = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => onRequest(socket));
  });
  await new Promise<void>((listening) => sick.listen(0, '127.0.0.1', listening));
  const address: Pick<AddressInfo, 'port'> = Object(sick.address());
  port = address.port;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => sick.close(closed));
});

test.each([
  ['ends connections', (socket: Socket) => void socket.end()],
  ['hangs', () => undefined],
])(
  'a first broker that %s keeps one client waiting, not every client after it',
  async (_, answer) => {
    onRequest = answer;
    const brokers = [`127.0.0.1:${port}`, ...sharedServers().brokers].join(',');
    const kafka = openKafka({ KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: '' }, silent);
    const clients: Admin[] = [kafka.client.admin(), kafka.client.admin()];
    const connecting = clients.map((client) => client.connect());
    try {
      await Promise.any(connecting);
      const connected = clients[1];
      expect((await connected?.describeCluster())?.brokers).toHaveLength(3);
    } finally {
      for (const socket of sockets) socket.destroy();
      sick.close();
      await Promise.allSettled(connecting);
      await Promise.all(clients.map((client) => client.disconnect()));
    }
  },
  30_000,
);
