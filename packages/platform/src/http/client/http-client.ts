import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Ids } from '../../service/ids.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import type { BreakerSettings } from './client-breaker.ts';

export interface HttpClientOptions {
  /** What the other server is called here: in metrics, spans, logs and errors. */
  readonly name: string;
  /** http or https; a path in it comes before the path of each call. */
  readonly baseUrl: string;
  /** For a whole call, to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly breaker?: BreakerSettings;
  /** 16 unless given. */
  readonly connections?: number;
  /** How many calls may wait for a connection; 64 unless given. */
  readonly waiting?: number;
  /** 1 MiB unless given. */
  readonly maxAnswerBytes?: number;
  readonly log: Logger;
  readonly metrics: Registry;
  /** For the ids of requests. */
  readonly ids?: Ids;
}

export interface HttpCallOptions {
  /** Cuts the call short; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The path of a call, with its query if it has one. */
export type CallPath = `/${string}`;

/**
 * Calls of one other server that speaks JSON. Each throws
 * - DomainError of kind `unavailable` when the server is away or says so: no connection, no whole answer in time, 429, 502,
 *   503, 504 (`upstream-unavailable`, `upstream-timed-out`), the breaker is open (`circuit-open`), or too many calls wait
 *   here (`too-many-calls`);
 * - HttpRefusal for every other answer than a 2xx that fits the schema.
 */
export interface HttpClient {
  get<T>(path: CallPath, schema: z.ZodType<T>, options?: HttpCallOptions): Promise<T>;
  post<T>(path: CallPath, body: unknown, schema: z.ZodType<T>, options?: HttpCallOptions): Promise<T>;
  /** Ends what is under way, and every timer and connection. */
  close(): Promise<void>;
}
