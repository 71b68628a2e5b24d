import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { createHttpApp, type HttpApp } from '../http/create-http-app.ts';
import { createTokenVerifier } from '../http/token-verifier.ts';
import { createLogger } from '../telemetry/create-logger.ts';
import { createMetrics } from '../telemetry/create-metrics.ts';
import { systemClock } from './clock.ts';
import { ConfigError } from './config-error.ts';
import { createReadiness } from './create-readiness.ts';
import { uuidIds } from './ids.ts';
import { type Listener, listen } from './listen.ts';
import { type Environment, loadConfig } from './load-config.ts';
import { managementHandler } from './management-handler.ts';
import { assertKnownParts, everyPart } from './parts.ts';
import type { ServiceConfig } from './service-config.ts';
import type { Job, Service, ServiceContext, ServiceDefinition } from './service-definition.ts';
import { stopInOrder } from './stop-in-order.ts';
import { createSupervisor } from './supervise-job.ts';

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
    await service.close();
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
    requestTimeoutMs: 10_000,
    variable: 'MANAGEMENT_PORT',
  });
  listeners.push(management);
  const app = parts.has('http') && (service.routes || service.app) ? httpAppOf(context, service) : undefined;
  const http = app && (await listenHttp(app, config));
  if (http) listeners.push(http);
  const work = startJobs(context, jobs);
  log.info({ url: http?.url, managementUrl: management.url, jobs: jobs.map(({ part }) => part) }, 'started');

  const stop = async () => {
    draining = true;
    app?.startDraining();
    log.info('stopping');
    await pause(config.DRAIN_DELAY_MS);
    const finishHttp = async () => {
      await Promise.all([http?.close(), app?.idle()]);
    };
    // The shares leave the later steps time when an earlier one hangs.
    const steps = [
      { name: 'http', by: 0.6, run: finishHttp, giveUp: () => http?.cut() },
      { name: 'jobs', by: 0.8, run: work.stop },
      { name: 'close', by: 1, run: () => service.close() },
    ];
    await stopInOrder(steps, config.DRAIN_BUDGET_MS, log);
    const closed = management.close();
    management.cut();
    await closed;
    log.info('stopped');
  };
  let stopped: Promise<void> | undefined;
  return {
    name,
    url: http?.url ?? '',
    managementUrl: management.url,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

function startJobs<C extends ServiceConfig>({ log, metrics }: ServiceContext<C>, jobs: readonly Job[]) {
  const controller = new AbortController();
  const supervise = createSupervisor({ log, metrics, random: Math.random });
  const running = jobs.map((job) => supervise(job, controller.signal));
  return {
    async stop() {
      controller.abort();
      await Promise.all(running);
    },
  };
}

function httpAppOf<C extends ServiceConfig>(context: ServiceContext<C>, service: Service): HttpApp {
  const { name, config, log, metrics, ids, clock } = context;
  const { routes = [], app, trustTraceContext } = service;
  const { JWKS_URL: jwksUrl, TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = config;
  const guarded = routes.some(({ access }) => access !== 'anyone');
  if (guarded && !jwksUrl) throw new ConfigError('JWKS_URL: must be set, since this service guards routes');
  const verifyToken = jwksUrl ? createTokenVerifier({ jwksUrl, issuer, audience, clock }) : undefined;
  return createHttpApp({ name, routes, app, config, log, metrics, ids, verifyToken, trustTraceContext });
}

function listenHttp(app: HttpApp, config: ServiceConfig): Promise<Listener> {
  return listen(app.express, {
    host: config.HTTP_HOST,
    port: config.HTTP_PORT,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    variable: 'HTTP_PORT',
  });
}
