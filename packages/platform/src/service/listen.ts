import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { ConfigError } from './config-error.ts';

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** How long a request may take to arrive. */
  readonly requestTimeoutMs: number;
  /** The variable to name when the address cannot be had. */
  readonly variable: string;
}

/** A server that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no more connections and closes idle ones; resolves when the last one is closed. */
  close(): Promise<void>;
  /** Cuts what connections are left. */
  cut(): void;
}

const KEEP_ALIVE_MS = 65_000;
const CHECK_EVERY_MS = 1_000;

/** @throws ConfigError when the port is taken or the address is not ours */
export function listen(handler: RequestListener, options: ListenOptions): Promise<Listener> {
  const { host, port, requestTimeoutMs, variable } = options;
  const settings: ServerOptions = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 10_000),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  };
  const server = createServer(settings, handler);
  // An answer begun before the close can leave its connection open and idle; nobody would close that one.
  const closeWhenIdle = (_request: IncomingMessage, response: ServerResponse) => {
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  };
  server.on('request', closeWhenIdle);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ConfigError(`${variable}: cannot listen on ${host}:${port} (${error.code ?? error.message})`));
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
        close: () => new Promise((closed) => server.close(() => closed())),
        cut: () => server.closeAllConnections(),
      });
    });
  });
}
