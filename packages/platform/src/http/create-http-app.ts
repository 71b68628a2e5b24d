import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import type { Ids } from '../service/ids.ts';
import type { ServiceConfig } from '../service/service-config.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import { answerErrors, answerUnmatched } from './answer-errors.ts';
import { beginExchange } from './begin-exchange.ts';
import type { VerifyToken } from './caller.ts';
import { createFarewell } from './farewell.ts';
import { createHttpMetrics } from './http-metrics.ts';
import { createInFlightLimit } from './in-flight-limit.ts';
import { openApiRoute } from './open-api-route.ts';
import type { AnyRoute } from './route.ts';
import { serveRoute } from './serve-route.ts';

export interface HttpAppOptions {
  /** The service's name: the title of its OpenAPI document. */
  readonly name: string;
  readonly routes: readonly AnyRoute[];
  /** Mounts what routes cannot express, behind the platform's middleware and the routes. */
  readonly app?: ((app: Express) => void) | undefined;
  readonly config: Pick<ServiceConfig, 'HTTP_MAX_IN_FLIGHT' | 'HTTP_REQUEST_TIMEOUT_MS' | 'HTTP_BODY_LIMIT_BYTES'>;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly ids: Ids;
  /** Needed when a route is not for anyone. */
  readonly verifyToken?: VerifyToken | undefined;
  /** Whether a caller's trace headers are carried on; true when absent. */
  readonly trustTraceContext?: boolean | undefined;
}

/** An app that can be drained. */
export interface HttpApp {
  readonly express: Express;
  /** From now on every answer asks its client to close the connection. */
  startDraining(): void;
  /** Resolves when no request is being worked on. */
  idle(): Promise<void>;
}

/**
 * An Express app over routes, with everything the platform does for each of them.
 * @throws Error when a route needs a caller and there is no `verifyToken`
 */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { name, routes, config, log, metrics, ids, verifyToken, trustTraceContext = true } = options;
  const guarded = routes.find(({ access }) => access !== 'anyone');
  if (guarded && !verifyToken) throw new Error(`${guarded.path} needs a caller: give verifyToken`);
  const inFlight = createInFlightLimit(config.HTTP_MAX_IN_FLIGHT);
  const httpMetrics = createHttpMetrics(metrics, () => inFlight.size);
  const farewell = createFarewell();

  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false).enable('case sensitive routing');
  const exchange = { log, ids, metrics: httpMetrics, inFlight, trustTraceContext, farewell };
  app.use(beginExchange(exchange), helmet());
  const serving = {
    verifyToken,
    log,
    bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
    timeLimitMs: config.HTTP_REQUEST_TIMEOUT_MS,
  };
  const served = [...routes, openApiRoute(name, routes)];
  for (const route of served) app[route.method](route.path, serveRoute(route, serving));
  options.app?.(app);
  for (const { method, path } of served) {
    app.all(path, (_request, response, next) => {
      response.locals.allowed ??= new Set();
      response.locals.allowed.add(method.toUpperCase());
      if (method === 'get') response.locals.allowed.add('HEAD');
      next();
    });
  }
  app.use(answerUnmatched, answerErrors(log));
  return {
    express: app,
    startDraining: () => farewell.start(),
    idle: () => inFlight.idle(),
  };
}
