import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Level, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { redact } from './redact.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  name: string;
  level: Level | 'silent';
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream | undefined;
}

/**
 * A logger of JSON lines: RFC 3339 time, level by name, ids of the active trace, and secrets blotted out in all that
 * is logged. (pino gives no such hold on what a child logger is made with: make children with names, not with data.)
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: redactFields },
    serializers: { err: (error: Error) => redact(stdSerializers.err(error)) },
    mixin: activeTrace,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const redactFields = (fields: object): Record<string, unknown> => ({ ...redact(fields) });

function activeTrace(): object {
  const span = trace.getActiveSpan();
  if (span === undefined) return {};
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
