import { connect } from 'node:net';

export interface SeenBroker {
  id: number;
  /** Where the broker that was asked sends its clients for this one. */
  port: number;
}

const metadataRequest = 3;
const requestVersion = 4;

/** Metadata request, version 4, for no topics: the answer lists the brokers that are up. */
function encodeRequest(): Buffer {
  const body = Buffer.alloc(15);
  body.writeInt16BE(metadataRequest, 0);
  body.writeInt16BE(requestVersion, 2);
  body.writeInt32BE(1, 4); // correlation id
  body.writeInt16BE(-1, 8); // no client id
  body.writeInt32BE(0, 10); // no topics
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

/** The brokers in an answer without its leading size. */
export function decodeBrokers(answer: Buffer): SeenBroker[] {
  let at = 8; // correlation id, throttle time
  const int32 = () => {
    at += 4;
    return answer.readInt32BE(at - 4);
  };
  const skipString = () => {
    const length = answer.readInt16BE(at);
    at += 2 + Math.max(0, length);
  };
  return Array.from({ length: int32() }, () => {
    const id = int32();
    skipString(); // host
    const port = int32();
    skipString(); // rack
    return { id, port };
  });
}

/** Asks the broker on this port which brokers of its cluster serve; their ids. */
export async function liveBrokers(port: number, timeoutMs: number): Promise<number[]> {
  return (await seenBrokers(port, timeoutMs)).map(({ id }) => id);
}

/** Asks the broker on this port which brokers of its cluster serve, and where. */
export function seenBrokers(port: number, timeoutMs: number): Promise<SeenBroker[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(reason));
    };
    let received = Buffer.alloc(0);
    socket.setTimeout(timeoutMs, () => fail('no answer to a metadata request'));
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => reject(new Error('closed before the answer')));
    socket.once('connect', () => socket.write(encodeRequest()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.destroy();
      resolve(decodeBrokers(received.subarray(4)));
    });
  });
}
