import { ProxyTracerProvider, trace } from '@opentelemetry/api';

const SHUTDOWN_TIMEOUT_MS = 3_000;

/** Sends what spans are left and ends tracing; gives up after three seconds. Does nothing where none was started. */
export async function shutdownTracing(): Promise<void> {
  const provider = trace.getTracerProvider();
  const actual: object = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (!('shutdown' in actual) || typeof actual.shutdown !== 'function') return;
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SHUTDOWN_TIMEOUT_MS);
  });
  try {
    await Promise.race([actual.shutdown(), timedOut]);
  } catch {
    // A collector that is away at the end costs the last spans, not the exit code.
  } finally {
    clearTimeout(timer);
  }
}
