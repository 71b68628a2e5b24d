import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { openWire, type Wire } from './wire.ts';

describe('a wire', () => {
  let server: Server;
  let wire: Wire;
  /** The server's ends of the connections, in the order in which they came. */
  let accepted: Socket[];
  const clients: Client[] = [];

  beforeEach(async () => {
    accepted = [];
    server = createServer({ allowHalfOpen: true }, (socket) => {
      accepted.push(socket);
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    wire = await openWire('echo');
    wire.connectTo(portOf(server));
  });
  afterEach(async () => {
    for (const { socket } of clients.splice(0)) socket.destroy();
    for (const socket of accepted) socket.destroy();
    await wire.close();
    await new Promise((closed) => server.close(closed));
  });

  const client = (): Client => {
    const made = connectTo(wire.port);
    clients.push(made);
    return made;
  };

  test('passes everything on in its order, and the end of each direction by itself', async () => {
    const one = client();
    const sent = Buffer.alloc(3_000_000, 'abcdefg');
    one.socket.end(sent);
    await until('all to come back', async () => one.ended());
    expect(one.heard().equals(sent)).toBe(true);
    expect(wire.passed).toBe(2 * sent.length);
    expect(wire.heldBack).toBe(0);
    await until('the connection to be forgotten', async () => wire.connections === 0);
  });

  test('frozen, nothing passes on old and new connections, and all of it when it is thawed', async () => {
    const old = client();
    old.socket.write('one ');
    await until('the first word', async () => old.heard().length === 4);
    wire.freeze();
    old.socket.write('two');
    const late = client();
    late.socket.write('three');
    await once(late.socket, 'connect');
    await until('both to wait', async () => wire.heldBack >= 2);
    expect([old.heard().toString(), late.heard().toString(), accepted.length]).toEqual(['one ', '', 1]);
    wire.thaw();
    await until('both words', async () => old.heard().length === 7 && late.heard().length === 5);
    expect([old.heard().toString(), late.heard().toString()]).toEqual(['one two', 'three']);
  });

  test('frozen, neither end learns that the other is gone', async () => {
    const one = client();
    one.socket.write('x');
    await until('the echo', async () => one.heard().length === 1);
    const [serverEnd] = accepted;
    wire.freeze();
    one.socket.resetAndDestroy();
    await until('the reset to wait', async () => wire.heldBack > 0);
    expect(serverEnd?.closed).toBe(false);
    wire.thaw();
    await until('the server to learn of it', async () => serverEnd?.closed);
  });

  test('frozen, it takes no more from a sender than a bounded piece', async () => {
    const one = client();
    one.socket.write('x');
    await until('the echo', async () => one.heard().length === 1);
    wire.freeze();
    const piece = Buffer.alloc(1_000_000);
    for (let count = 0; count < 40; count += 1) one.socket.write(piece);
    await until('the first piece to wait', async () => wire.heldBack > 0);
    const kernelBuffers = 16_000_000;
    expect(one.socket.writableLength).toBeGreaterThan(40_000_000 - kernelBuffers);
    wire.thaw();
    await until('all to come back', async () => one.heard().length === 40_000_001);
  });

  test('cut, both ends are reset, and new connections are let through', async () => {
    const before = [client(), client()];
    for (const { socket } of before) socket.write('x');
    await until('both echoes', async () => before.every(({ heard }) => heard().length === 1));
    expect(wire.cut()).toBe(2);
    await until('the clients to be reset', async () => before.every(({ error }) => error()?.code === 'ECONNRESET'));
    await until('the server to lose them', async () => accepted.every(({ closed }) => closed));
    expect(wire.connections).toBe(0);
    const after = client();
    after.socket.write('y');
    await until('the echo', async () => after.heard().toString() === 'y');
  });

  test('slow, every chunk is late and none is lost', async () => {
    wire.slow(20);
    const one = client();
    one.socket.write('late');
    await until('the echo', async () => one.heard().toString() === 'late');
    expect(wire.heldBack).toBeGreaterThanOrEqual(2);
    wire.slow(0);
    const held = wire.heldBack;
    one.socket.write('r');
    await until('the echo', async () => one.heard().toString() === 'later');
    expect(wire.heldBack).toBe(held);
  });

  test('resets who comes while nothing listens behind it', async () => {
    await new Promise((closed) => server.close(closed));
    const one = client();
    await until('the reset', async () => one.error()?.code === 'ECONNRESET');
    await once(server.listen(0, '127.0.0.1'), 'listening');
    wire.connectTo(portOf(server));
    const other = client();
    other.socket.write('z');
    await until('the echo', async () => other.heard().toString() === 'z');
  });
});

interface Client {
  readonly socket: Socket;
  heard(): Buffer;
  ended(): boolean;
  error(): NodeJS.ErrnoException | undefined;
}

function connectTo(port: number): Client {
  const chunks: Buffer[] = [];
  let ended = false;
  let error: NodeJS.ErrnoException | undefined;
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('end', () => {
    ended = true;
  });
  socket.on('error', (failure) => {
    error = failure;
  });
  return { socket, heard: () => Buffer.concat(chunks), ended: () => ended, error: () => error };
}

function portOf(server: Server): number {
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  return port;
}
