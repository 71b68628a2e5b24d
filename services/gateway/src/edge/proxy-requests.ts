import type { VerifyToken } from '@onsale/platform/http';
import { injectTraceHeaders } from '@onsale/platform/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import type { Dispatcher } from 'undici';
import type { Admission, Place } from '../admission/admission.ts';
import { type ClientAddress, clientAddress } from '../proxy/client-address.ts';
import { countedBody, hasBody, refuseLargeBody } from '../proxy/counted-body.ts';
import { type ForwardOptions, forward } from '../proxy/forward.ts';
import { crowded, methodNotAllowed } from '../proxy/proxy-problems.ts';
import { requestHeaders } from '../proxy/request-headers.ts';
import type { GatewayRoute, RouteTable } from '../routing/route-table.ts';
import type { Upstreams } from '../upstreams/open-upstreams.ts';
import { applyRateLimit, type RateLimits } from './apply-rate-limit.ts';
import { identify } from './identify.ts';

export interface ProxyOptions
  extends Pick<ForwardOptions, 'random' | 'answerTimeoutMs' | 'queueTimeoutMs' | 'stallTimeoutMs'> {
  routeOf: RouteTable;
  upstreams: Upstreams;
  /** Who may go on to a service. */
  admissionOf(service: string): Admission;
  verifyToken: VerifyToken;
  limits: RateLimits;
  trustedHops: number;
  bodyLimitBytes: number;
  countOutcome(service: string, outcome: Parameters<ForwardOptions['onOutcome']>[0]): void;
  countShed(service: string): void;
}

type Method = Dispatcher.DispatchOptions['method'];

const METHODS: Readonly<Record<string, Method>> = {
  GET: 'GET',
  HEAD: 'HEAD',
  POST: 'POST',
  PUT: 'PUT',
  PATCH: 'PATCH',
  DELETE: 'DELETE',
  OPTIONS: 'OPTIONS',
};

function methodOf(request: Request): Method {
  const method = METHODS[request.method];
  if (method === undefined) throw methodNotAllowed(Object.keys(METHODS));
  return method;
}

/** The headers a service may believe, because the gateway wrote them. */
function ownHeaders(request: Request, client: ClientAddress, requestId: string | undefined): Record<string, string> {
  return {
    'x-forwarded-for': client.forwardedFor,
    'x-forwarded-proto': client.forwardedProto,
    ...(request.headers.host === undefined ? {} : { 'x-forwarded-host': request.headers.host }),
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    ...injectTraceHeaders(),
  };
}

/** Answers every request that has a route: who calls, how often, and then whatever the route's service says. */
export function proxyRequests(options: ProxyOptions): RequestHandler {
  const { routeOf, upstreams, admissionOf, verifyToken, limits, trustedHops, bodyLimitBytes } = options;
  const { countOutcome, countShed } = options;

  /** Before anything that costs: who is refused comes again, and again. */
  function admit({ service }: GatewayRoute): Place {
    const admission = admissionOf(service);
    const place = admission.enter();
    if (place) return place;
    countShed(service);
    throw crowded(service, admission.returnSeconds());
  }

  async function proxy(request: Request, response: Response, route: GatewayRoute, place: Place): Promise<void> {
    const { exchange } = response.locals;
    const method = methodOf(request);
    refuseLargeBody(request, bodyLimitBytes);
    const client = clientAddress(request, trustedHops);
    const caller = await identify(request, route, verifyToken);
    if (exchange) exchange.userId = caller?.userId;
    await applyRateLimit(limits, { route, caller, address: client.address }, response);
    const own = ownHeaders(request, client, exchange?.requestId);
    const headers = requestHeaders(request.headers, { own, authorization: !route.anonymous });
    await forward(request, response, {
      ...options,
      service: route.service,
      instances: upstreams.instancesOf(route.service),
      request: () => ({
        path: request.originalUrl,
        method,
        headers,
        body: hasBody(request) ? countedBody(request, bodyLimitBytes, place.upload) : null,
      }),
      returnSeconds: () => admissionOf(route.service).returnSeconds(),
      onAnswer: () => place.answered(),
      onOutcome: (outcome) => countOutcome(route.service, outcome),
    });
  }

  return (request, response, next) => {
    const route = routeOf(request.path);
    if (route === undefined) return next();
    const { exchange } = response.locals;
    if (exchange) exchange.route = `${route.prefix}/*`;
    const place = admit(route);
    proxy(request, response, route, place)
      .finally(() => place.leave())
      .catch(next);
  };
}
