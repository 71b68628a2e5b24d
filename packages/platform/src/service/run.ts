import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createLogger } from '../telemetry/create-logger.ts';
import { shutdownTracing } from '../telemetry/shutdown-tracing.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './load-config.ts';
import { partNames } from './parts.ts';
import type { ServiceConfig } from './service-config.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { type RunningService, startService } from './start-service.ts';

/**
 * The whole of a service's `main.ts`: starts it by the process's environment and `--parts a,b` (or PARTS), stops it
 * on SIGTERM or SIGINT and ends the process. A second signal ends it at once. With the part `migrate` alone the
 * process ends when the schema is current. A configuration error is one line on standard error and exit code 1.
 */
export async function run<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  env: Environment = process.env,
): Promise<void> {
  const logDestination = pino.destination({ fd: 1, sync: false });
  const end = (code: number) => {
    flush(logDestination);
    process.exit(code);
  };
  const fatal = (error: unknown) => {
    createLogger({ name: definition.name, level: 'fatal', destination: logDestination }).fatal(
      { err: error },
      'uncaught',
    );
    end(1);
  };
  process.on('uncaughtException', fatal).on('unhandledRejection', fatal);

  let signals = 0;
  let stopRequested: () => void = () => undefined;
  const stopping = new Promise<void>((resolve) => {
    stopRequested = resolve;
  });
  const onSignal = () => {
    signals += 1;
    if (signals > 1) end(1);
    stopRequested();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);

  try {
    const parts = requestedParts();
    const running = await startService(definition, { env, parts, logDestination });
    if (parts?.join() !== 'migrate') await stopping;
    await finish(running);
    end(0);
  } catch (error) {
    if (!(error instanceof ConfigError)) return fatal(error);
    process.stderr.write(`${definition.name}: ${error.message}\n`);
    end(1);
  }
}

function requestedParts(): string[] | undefined {
  const { values } = parseArgs({ options: { parts: { type: 'string' } }, strict: false });
  return partNames(typeof values.parts === 'string' ? values.parts : process.env.PARTS);
}

async function finish(running: RunningService): Promise<void> {
  await running.stop();
  await shutdownTracing();
}

function flush(destination: { flushSync(): void }): void {
  try {
    destination.flushSync();
  } catch {
    // Nobody reads any more, or nothing was ever written.
  }
}
