import { connect } from 'node:net';

/** Resolves when a Redis on this port answers PING with PONG. */
export function ping(port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(reason));
    };
    socket.setTimeout(timeoutMs, () => fail('no answer to PING'));
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => reject(new Error('closed before the answer')));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      if (!answer.toString().startsWith('+PONG')) return fail('not ready');
      socket.destroy();
      resolve();
    });
  });
}
