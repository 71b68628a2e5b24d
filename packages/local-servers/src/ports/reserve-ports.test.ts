import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { reservePorts } from './reserve-ports.ts';

async function listening() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('reservePorts', () => {
  test('two starters with the same candidates never get the same port', async () => {
    const names = ['a', 'b', 'c'].map((name) => ({ name }));
    const from = [...Array(40).keys()].map((step) => 31_000 + step);
    const [one, two] = await Promise.all([reservePorts(names, from.values()), reservePorts(names, from.values())]);
    const ports = [one, two].flatMap((reserved) => names.map(({ name }) => reserved.port(name)));
    expect(new Set(ports).size).toBe(6);
    await Promise.all([one.release(), two.release()]);
  });

  test('a remembered port is taken again when it is free, and passed over when it is not', async () => {
    const taken = await listening();
    const reserved = await reservePorts([{ name: 'a', remembered: taken.port }], [31_100, 31_101, 31_102].values());
    const port = reserved.port('a');
    expect(port).not.toBe(taken.port);
    await reserved.release();
    const again = await reservePorts([{ name: 'a', remembered: port }]);
    expect(again.port('a')).toBe(port);
    await again.release();
    await taken.close();
  });

  test('a given port that is in use is an error, and what was reserved is given back', async () => {
    const taken = await listening();
    const free = await reservePorts([{ name: 'a' }]);
    const port = free.port('a');
    await free.release();
    const wanted = [
      { name: 'first', fixed: port },
      { name: 'second', fixed: taken.port },
    ];
    await expect(reservePorts(wanted)).rejects.toThrow(`second: port ${taken.port} is in use`);
    const again = await reservePorts([{ name: 'first', fixed: port }]);
    await again.release();
    await taken.close();
  });
});
