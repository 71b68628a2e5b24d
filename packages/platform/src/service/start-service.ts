import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { createLogger } from '../telemetry/create-logger.ts';
import { createMetrics } from '../telemetry/create-metrics.ts';
import { systemClock } from './clock.ts';
import { createReadiness } from './create-readiness.ts';
import { finishWithin } from './finish-within.ts';
import { uuidIds } from './ids.ts';
import { type Listener, listen } from './listen.ts';
import { listenHttp, type ServedHttp } from './listen-http.ts';
import { type Environment, loadConfig } from './load-config.ts';
import { managementHandler } from './management-handler.ts';
import { assertKnownParts, everyPart } from './parts.ts';
import type { ServiceConfig } from './service-config.ts';
import type { Service, ServiceContext, ServiceDefinition } from './service-definition.ts';
import { type RunningJobs, startJobs } from './start-jobs.ts';
import { type StopStep, stopInOrder } from './stop-in-order.ts';

export interface StartOptions {
  readonly env: Environment;
  /** Which parts run here; all when absent. */
  readonly parts?: readonly string[] | undefined;
  /** Where log lines go; standard output when absent. */
  readonly logDestination?: DestinationStream | undefined;
}

/** A service that was started. */
export interface RunningService {
  readonly name: string;
  /** Where it is served; empty when the part `http` does not run here. */
  readonly url: string;
  readonly managementUrl: string;
  /** Stops in order, within the budget; every call after the first waits for the same stop. */
  stop(): Promise<void>;
}

const READINESS_LIMIT_MS = 2_000;
const MANAGEMENT_REQUEST_LIMIT_MS = 10_000;

/**
 * Starts a service in this process without touching the process: no signals, no exit. A service can be started many
 * times in one process.
 * @throws ConfigError when the environment is not one it can be started with
 */
export async function startService<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  options: StartOptions,
): Promise<RunningService> {
  const { name } = definition;
  const config = loadConfig(definition.config, options.env);
  const log = createLogger({ name, level: config.LOG_LEVEL, destination: options.logDestination });
  const metrics = createMetrics(name);
  const parts = options.parts ? new Set(options.parts) : everyPart;
  const context = { name, config, log, metrics, clock: systemClock, ids: uuidIds, parts };
  const service = await definition.create(context);
  const listeners: Listener[] = [];
  try {
    return await serve(context, service, listeners, options.parts ?? []);
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    await finishWithin(service.close(), config.DRAIN_BUDGET_MS);
    throw error;
  }
}

async function serve<C extends ServiceConfig>(
  context: ServiceContext<C>,
  service: Service,
  listeners: Listener[],
  asked: readonly string[],
): Promise<RunningService> {
  const { name, config, log, metrics, parts } = context;
  const jobs = (service.jobs ?? []).filter(({ part }) => parts.has(part));
  assertKnownParts(asked, service.jobs ?? []);
  let draining = false;
  const readiness = createReadiness(service.readiness ?? {}, READINESS_LIMIT_MS);
  const management = await listen(managementHandler({ metrics, readiness, isDraining: () => draining }), {
    host: config.MANAGEMENT_HOST,
    port: config.MANAGEMENT_PORT,
    requestTimeoutMs: MANAGEMENT_REQUEST_LIMIT_MS,
    variable: 'MANAGEMENT_PORT',
  });
  listeners.push(management);
  const hasHttp = parts.has('http') && (service.routes ?? service.app) !== undefined;
  const http = hasHttp ? await listenHttp(context, service) : undefined;
  if (http) listeners.push(http.listener);
  const work = startJobs(jobs, context);
  const url = http?.listener.url ?? '';
  log.info({ url, managementUrl: management.url, jobs: jobs.map(({ part }) => part) }, 'started');

  const stop = async () => {
    draining = true;
    http?.app.startDraining();
    log.info('stopping');
    await pause(config.DRAIN_DELAY_MS);
    await stopInOrder(stopSteps(http, work, service), config.DRAIN_BUDGET_MS, log);
    const closed = management.close();
    management.cut();
    await closed;
    log.info('stopped');
  };
  let stopped: Promise<void> | undefined;
  return {
    name,
    url,
    managementUrl: management.url,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** What is in flight, then the jobs, then the service itself; the shares leave later steps time when one hangs. */
function stopSteps(http: ServedHttp | undefined, work: RunningJobs, service: Service): StopStep[] {
  const finishHttp = async () => {
    await Promise.all([http?.listener.close(), http?.app.idle()]);
  };
  return [
    { name: 'http', by: 0.6, run: finishHttp, giveUp: () => http?.listener.cut() },
    { name: 'jobs', by: 0.8, run: () => work.stop() },
    { name: 'close', by: 1, run: () => service.close() },
  ];
}
