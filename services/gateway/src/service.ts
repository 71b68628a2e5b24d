import { asyncApi } from '@onsale/contracts';
import { createTokenVerifier } from '@onsale/platform/http';
import { openLockRedis, redisReady } from '@onsale/platform/redis';
import type { Service, ServiceContext, ServiceDefinition } from '@onsale/platform/service';
import { createAdmissions } from './admission/admission.ts';
import { asyncApiRoute } from './async-api/async-api-route.ts';
import { type GatewayConfig, gatewayConfig } from './config.ts';
import { serveDocs } from './docs/serve-docs.ts';
import type { RateLimits } from './edge/apply-rate-limit.ts';
import { cors } from './edge/cors.ts';
import { proxyRequests } from './edge/proxy-requests.ts';
import { createRateLimit } from './limits/rate-limit.ts';
import { createSharedStore } from './limits/shared-store.ts';
import { createGatewayMetrics } from './metrics/gateway-metrics.ts';
import { createJoinedDocument } from './openapi/joined-document.ts';
import { openApiRoute } from './openapi/open-api-route.ts';
import { createRouteTable } from './routing/route-table.ts';
import { openUpstreams } from './upstreams/open-upstreams.ts';

type Context = ServiceContext<GatewayConfig>;

function upstreamsOf({ config, log }: Context) {
  return openUpstreams({
    upstreams: config.GATEWAY_UPSTREAMS,
    limits: {
      connections: config.GATEWAY_CONNECTIONS_PER_INSTANCE,
      connectTimeoutMs: config.GATEWAY_CONNECT_TIMEOUT_MS,
      stallTimeoutMs: config.GATEWAY_STALL_TIMEOUT_MS,
      connectionTtlMs: config.GATEWAY_CONNECTION_TTL_MS,
    },
    healthIntervalMs: config.GATEWAY_HEALTH_INTERVAL_MS,
    healthTimeoutMs: config.GATEWAY_HEALTH_TIMEOUT_MS,
    onChange: (service, { url, up }) => log.warn({ service, url, up }, up ? 'instance is back' : 'instance is down'),
  });
}

function limitsOf({ config, clock, log }: Context, redis: ReturnType<typeof openLockRedis>): RateLimits {
  const store = createSharedStore(redis, clock, log);
  return {
    user: createRateLimit({
      store,
      name: 'user',
      limit: config.GATEWAY_USER_LIMIT,
      windowSeconds: config.GATEWAY_USER_WINDOW_SECONDS,
    }),
    address: createRateLimit({
      store,
      name: 'address',
      limit: config.GATEWAY_ADDRESS_LIMIT,
      windowSeconds: config.GATEWAY_ADDRESS_WINDOW_SECONDS,
    }),
  };
}

/** So few at once are never too many for a service that is up: its answers show when there may be more. */
const LEAST_IN_FLIGHT = 16;

// Redis may be away at the start; but one that is there is waited for, or the first requests are counted apart.
const REDIS_WAIT_MS = 2_000;

async function create(context: Context): Promise<Service> {
  const { name, config, log, metrics, clock } = context;
  const redis = openLockRedis(config, { name, log });
  await redisReady(redis, REDIS_WAIT_MS);
  const upstreams = upstreamsOf(context);
  const routeOf = createRouteTable(config.GATEWAY_ROUTES);
  const admissionOf = createAdmissions({
    least: LEAST_IN_FLIGHT,
    most: config.HTTP_MAX_IN_FLIGHT,
    targetMs: config.GATEWAY_LATENCY_TARGET_MS,
    now: () => performance.now(),
  });
  const { countOutcome, countShed } = createGatewayMetrics(metrics, { upstreams, admissionOf });
  const proxy = proxyRequests({
    routeOf,
    upstreams,
    admissionOf,
    verifyToken: createTokenVerifier({
      jwksUrl: config.JWKS_URL,
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
    }),
    limits: limitsOf(context, redis),
    trustedHops: config.GATEWAY_TRUSTED_HOPS,
    bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
    answerTimeoutMs: config.GATEWAY_ANSWER_TIMEOUT_MS,
    queueTimeoutMs: config.GATEWAY_QUEUE_TIMEOUT_MS,
    stallTimeoutMs: config.GATEWAY_STALL_TIMEOUT_MS,
    random: Math.random,
    countOutcome,
    countShed,
  });
  return {
    routes: [
      openApiRoute(createJoinedDocument({ upstreams, routeOf, random: Math.random, clock, log })),
      asyncApiRoute(asyncApi()),
    ],
    app(app) {
      serveDocs(app);
      app.use(cors(config.GATEWAY_CORS_ORIGINS), proxy);
    },
    trustTraceContext: false,
    async close() {
      await upstreams.close();
      redis.disconnect();
    },
  };
}

/** The way in: finds the service of a request, checks who asks and how often, and passes it on. */
export const gatewayService: ServiceDefinition<GatewayConfig> = { name: 'gateway', config: gatewayConfig, create };
