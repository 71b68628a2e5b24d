import { createHttpApp, type HttpApp } from '../http/create-http-app.ts';
import { createTokenVerifier } from '../http/token-verifier.ts';
import { ConfigError } from './config-error.ts';
import { type Listener, listen } from './listen.ts';
import type { ServiceConfig } from './service-config.ts';
import type { Service, ServiceContext } from './service-definition.ts';

/** A service's HTTP side, listening. */
export interface ServedHttp {
  readonly app: HttpApp;
  readonly listener: Listener;
}

/**
 * Serves what a service has routes for.
 * @throws ConfigError when the port cannot be had, or routes are guarded and JWKS_URL is not set
 */
export async function listenHttp<C extends ServiceConfig>(
  context: ServiceContext<C>,
  service: Service,
): Promise<ServedHttp> {
  const { config } = context;
  const app = appOf(context, service);
  const listener = await listen(app.express, {
    host: config.HTTP_HOST,
    port: config.HTTP_PORT,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    variable: 'HTTP_PORT',
  });
  return { app, listener };
}

function appOf<C extends ServiceConfig>(context: ServiceContext<C>, service: Service): HttpApp {
  const { name, config, log, metrics, ids, clock } = context;
  const { routes = [], app, trustTraceContext } = service;
  const { JWKS_URL: jwksUrl, TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = config;
  const guarded = routes.some(({ access }) => access !== 'anyone');
  const byKeys = () => (jwksUrl ? createTokenVerifier({ jwksUrl, issuer, audience, clock }) : undefined);
  const verifyToken = service.verifyToken ?? byKeys();
  if (guarded && !verifyToken) throw new ConfigError('JWKS_URL: must be set, since this service guards routes');
  return createHttpApp({ name, routes, app, config, log, metrics, ids, verifyToken, trustTraceContext });
}
