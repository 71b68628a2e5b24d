import { basename, dirname } from 'node:path';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { startTracing } from './start-tracing.ts';

// The preload of every service process: node --import @onsale/platform/register src/main.ts

const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '');
const serviceName = process.env.OTEL_SERVICE_NAME || folderOfMain(process.argv[1]);

if (endpoint) {
  // The hook must stand before the libraries it patches are imported, so everything below comes by dynamic import.
  const traced = ['mysql2', 'ioredis'];
  register({ include: traced.flatMap((name) => [name, new RegExp(`/node_modules/${name}/`)]) });
  const [{ OTLPTraceExporter }, { registerInstrumentations }, { MySQL2Instrumentation }, { IORedisInstrumentation }] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/instrumentation'),
      import('@opentelemetry/instrumentation-mysql2'),
      import('@opentelemetry/instrumentation-ioredis'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: 5_000 });
  startTracing({ serviceName, exporter, ratio: ratioOf(process.env.OTEL_TRACES_SAMPLER_ARG) });
  registerInstrumentations({ instrumentations: [new MySQL2Instrumentation(), new IORedisInstrumentation()] });
} else {
  startTracing({ serviceName, ratio: 0 });
}

/** `services/order/src/main.ts` is the service `order`. */
function folderOfMain(main: string | undefined): string {
  const folder = dirname(main ?? '.');
  return basename(basename(folder) === 'src' ? dirname(folder) : folder);
}

function ratioOf(text: string | undefined): number {
  const ratio = text ? Number(text) : 1;
  if (!(ratio >= 0 && ratio <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1');
  return ratio;
}
