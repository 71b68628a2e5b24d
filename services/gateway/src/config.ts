import { lockRedisConfig } from '@onsale/platform/redis';
import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';
import { gatewayRoute } from './routing/route-table.ts';

const httpUrl = z.url({ protocol: /^https?$/ });

/** A variable that holds JSON. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const instance = z.strictObject({ url: httpUrl, health: httpUrl.optional() });
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

export const gatewayConfig = z
  .object({
    ...serviceConfig,
    JWKS_URL: httpUrl,
    /** Counts of the rate limits. */
    ...lockRedisConfig,
    /** [{prefix, service, anonymous?, limit}] */
    GATEWAY_ROUTES: json(z.array(gatewayRoute).min(1)),
    /** {service: [{url, health?}]}; without `health` the url is a Kubernetes Service's, which balances by itself. */
    GATEWAY_UPSTREAMS: json(z.record(z.string(), z.array(instance).min(1))),
    /** How many proxies of ours stand before the gateway and append to X-Forwarded-For. */
    GATEWAY_TRUSTED_HOPS: wholeNumber(0, 10).default(0),
    /** Origins whose pages may call, separated by commas; none unless given. */
    GATEWAY_CORS_ORIGINS: list.default([]),
    GATEWAY_USER_LIMIT: wholeNumber(1, 1_000_000_000).default(1_000),
    GATEWAY_USER_WINDOW_SECONDS: wholeNumber(1, 86_400).default(10),
    GATEWAY_ADDRESS_LIMIT: wholeNumber(1, 1_000_000_000).default(1_200),
    GATEWAY_ADDRESS_WINDOW_SECONDS: wholeNumber(1, 86_400).default(60),
    GATEWAY_CONNECTIONS_PER_INSTANCE: wholeNumber(1, 10_000).default(256),
    /** How long a connection takes new requests; unless given, 10,000 for instances without `health`, and for good (0) else. */
    GATEWAY_CONNECTION_TTL_MS: wholeNumber(0, 3_600_000).optional(),
    GATEWAY_CONNECT_TIMEOUT_MS: wholeNumber(1, 60_000).default(1_000),
    /** Until an answer begins, over all attempts; above the services' own limit, so that their answer comes first. */
    GATEWAY_ANSWER_TIMEOUT_MS: wholeNumber(1, 600_000).default(12_000),
    /** How long a request may wait for a connection while all are in use; then nothing of it was sent, and it is 503. */
    GATEWAY_QUEUE_TIMEOUT_MS: wholeNumber(1, 600_000).default(5_000),
    /** More than half of a service's answers taking longer is too much at once: fewer requests are passed on to it. */
    GATEWAY_LATENCY_TARGET_MS: wholeNumber(1, 600_000).default(3_000),
    /** How long an answer that has begun may stand still, on either side. */
    GATEWAY_STALL_TIMEOUT_MS: wholeNumber(1, 600_000).default(30_000),
    GATEWAY_HEALTH_INTERVAL_MS: wholeNumber(10, 60_000).default(1_000),
    GATEWAY_HEALTH_TIMEOUT_MS: wholeNumber(10, 60_000).default(1_000),
  })
  .refine((config) => config.GATEWAY_ROUTES.every(({ service }) => Object.hasOwn(config.GATEWAY_UPSTREAMS, service)), {
    error: 'every service must be in GATEWAY_UPSTREAMS',
    path: ['GATEWAY_ROUTES'],
  });

export type GatewayConfig = z.output<typeof gatewayConfig>;
