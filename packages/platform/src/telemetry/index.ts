export { createLogger, type Logger, type LoggerOptions } from './create-logger.ts';
export { createMetrics } from './create-metrics.ts';
export { shutdownTracing } from './shutdown-tracing.ts';
export { startTracing, type TracingOptions } from './start-tracing.ts';
export { contextFromHeaders, type HeaderBag, injectTraceHeaders } from './trace-headers.ts';
export { recordError, type SpanSetup, withSpan } from './with-span.ts';
