import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

const port = () => wholeNumber(0, 65_535).default(0);
const milliseconds = (min: number, max: number) => wholeNumber(min, max);
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The variables every service reads; spread into the service's own schema. Port 0 is any free port. */
export const serviceConfig = {
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: port(),
  MANAGEMENT_HOST: z.string().default('127.0.0.1'),
  MANAGEMENT_PORT: port(),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(', ')}` }).default('info'),
  /** How long stopping may take, once the listener is closed. */
  DRAIN_BUDGET_MS: milliseconds(0, 600_000).default(10_000),
  /** How long the service answers, but says it is not ready, before the listener closes. */
  DRAIN_DELAY_MS: milliseconds(0, 120_000).default(0),
  /** Requests worked on at once; beyond it the answer is 503 `overloaded`. */
  HTTP_MAX_IN_FLIGHT: wholeNumber(1, 1_000_000).default(4_096),
  /** How long a request may take; beyond it the answer is 503 `timed-out`. */
  HTTP_REQUEST_TIMEOUT_MS: milliseconds(1, 600_000).default(10_000),
  HTTP_BODY_LIMIT_BYTES: wholeNumber(0, 104_857_600).default(65_536),
  TOKEN_ISSUER: z.string().min(1).default('onsale'),
  TOKEN_AUDIENCE: z.string().min(1).default('onsale'),
  /** Where the keys are that access tokens are signed with; needed by a service that guards a route. */
  JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
};

const schema = z.object(serviceConfig);

/** What {@link serviceConfig} parses to. */
export type ServiceConfig = z.output<typeof schema>;
