/** The part of kafkajs 2.2.4 that is mended here; kafkajs has no types of it. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface RequestQueueOptions {
    readonly maxInFlightRequests: number | null;
    readonly requestTimeout: number;
    readonly enforceRequestTimeout: boolean;
    readonly clientId: string;
    readonly broker: string;
    readonly logger: { debug(message: string): void; warn(message: string): void };
  }

  interface Request {
    readonly entry: { readonly correlationId: number; resolve(answer: unknown): void; reject(error: Error): void };
    readonly expectResponse: boolean;
    sendRequest(): void;
  }

  class RequestQueue {
    constructor(options: RequestQueueOptions);
    /** Requests that are held back: too many are under way, or the broker asked for a pause. */
    readonly pending: readonly unknown[];
    push(request: Request): void;
    fulfillRequest(answer: { correlationId: number; size: number; payload: unknown }): void;
    /** Nothing is sent for so many milliseconds. */
    maybeThrottle(ms: number): void;
    scheduleCheckPendingRequests(): void;
    destroy(): void;
  }

  // biome-ignore lint/style/noDefaultExport: it is how kafkajs exports it
  export { RequestQueue as default };
}
