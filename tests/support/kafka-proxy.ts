import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { answeredCorrelationId, createFrameReader, requestHead } from './kafka-frames.ts';

/** A wire in front of a broker that can lose the answers to what was produced. */
export interface KafkaProxy {
  /** Where clients connect: what the broker behind it must advertise. */
  readonly port: number;
  /** Answers swallowed, and connections cut, so far. */
  readonly swallowed: number;
  readonly cut: number;
  /**
   * The port the broker listens on. While the broker is down a client gets a connection, which ends with its first
   * request: so does a dead process behind a load balancer.
   */
  connectTo(port: number): void;
  /**
   * So many more answers to Produce requests, which the broker has carried out, do not arrive. With `cut` the client
   * notices at once, since its connection ends; without, it waits until its patience does. All else passes.
   */
  swallowProduceAnswers(next: number, options?: { readonly cut: boolean }): void;
  /** Takes back what swallowProduceAnswers has not used up. */
  swallowNoMore(): void;
  /** Ends every connection at once. */
  cutConnections(): void;
  close(): Promise<void>;
}

const produce = 0;

export async function startKafkaProxy(): Promise<KafkaProxy> {
  const connections = new Set<() => void>();
  let target: number | undefined;
  let toSwallow = 0;
  let cutting = false;
  let swallowed = 0;
  let cut = 0;

  /** Whether the answer may pass; one that may not is counted. */
  const passes = (end: () => void): boolean => {
    if (toSwallow === 0) return true;
    toSwallow -= 1;
    swallowed += 1;
    if (cutting) {
      cut += 1;
      end();
    }
    return false;
  };

  const server = createServer((client) => {
    if (target === undefined) {
      client.destroy();
      return;
    }
    const broker = connect({ host: '127.0.0.1', port: target });
    const produced = new Set<number>();
    const end = () => {
      connections.delete(end);
      client.destroy();
      broker.destroy();
    };
    connections.add(end);
    let reached = false;
    broker.once('connect', () => {
      reached = true;
    });
    const readRequests = createFrameReader((frame) => {
      const { apiKey, correlationId } = requestHead(frame);
      if (apiKey === produce) produced.add(correlationId);
      send(frame, client, broker);
    });
    const readAnswers = createFrameReader((frame) => {
      if (produced.delete(answeredCorrelationId(frame)) && !passes(end)) return;
      send(frame, broker, client);
    });
    client.on('data', (chunk) => untilUnreadable(readRequests, chunk, end));
    broker.on('data', (chunk) => untilUnreadable(readAnswers, chunk, end));
    for (const socket of [client, broker]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    client.on('close', end);
    broker.on('close', () => {
      if (reached) end();
      else if (client.bytesRead > 0) client.end();
      else client.once('data', () => client.end());
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  const cutConnections = () => {
    cut += connections.size;
    for (const end of connections) end();
  };
  return {
    port,
    get swallowed() {
      return swallowed;
    },
    get cut() {
      return cut;
    },
    connectTo: (brokerPort) => {
      target = brokerPort;
    },
    swallowProduceAnswers: (next, options) => {
      toSwallow += next;
      cutting = options?.cut ?? false;
    },
    swallowNoMore: () => {
      toSwallow = 0;
    },
    cutConnections,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const end of connections) end();
      }),
  };
}

/** Passes a frame on; who sends faster than the other end reads has to wait. */
function send(frame: Buffer, from: Socket, to: Socket): void {
  if (!to.writable || to.write(frame) || from.isPaused()) return;
  from.pause();
  to.once('drain', () => from.resume());
}

function untilUnreadable(read: (chunk: Buffer) => void, chunk: Buffer, end: () => void): void {
  try {
    read(chunk);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    end();
  }
}
