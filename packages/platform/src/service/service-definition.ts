import type { Express } from 'express';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { VerifyToken } from '../http/caller.ts';
import type { AnyRoute } from '../http/route.ts';
import type { Logger } from '../telemetry/create-logger.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { ServiceConfig } from './service-config.ts';

/** Background work of a service: a part by its name. */
export interface Job {
  readonly part: string;
  /** Works until the signal aborts. When it fails it is logged, counted and run again after a growing pause. */
  run(signal: AbortSignal): Promise<void>;
}

/** Which parts of a service run here: `http`, `migrate` and the names of its jobs. */
export interface Parts {
  has(part: string): boolean;
}

/** What a service is made from. */
export interface ServiceContext<C extends ServiceConfig> {
  readonly name: string;
  readonly config: C;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly parts: Parts;
}

/** A service that was made: what it serves, what it does in the background, and how it ends. */
export interface Service {
  readonly routes?: readonly AnyRoute[];
  /** Mounts what routes cannot express (a proxy) behind the platform's own middleware. */
  readonly app?: (app: Express) => void;
  /** Who a bearer token stands for, where callers bring other tokens than those that JWKS_URL has the keys of. */
  readonly verifyToken?: VerifyToken;
  /** False at the edge, where a stranger's trace headers are not carried on; true when absent. */
  readonly trustTraceContext?: boolean;
  readonly jobs?: readonly Job[];
  /** Each throws while the service cannot serve; each has a time limit. */
  readonly readiness?: Readonly<Record<string, () => Promise<void>>>;
  /** Called once, when HTTP is drained and jobs have stopped. */
  close(): Promise<void>;
}

/** A service as an object: its name, its environment, and the one function that makes it. */
export interface ServiceDefinition<C extends ServiceConfig> {
  readonly name: string;
  /** A schema over the environment; property names are the names of the variables. */
  readonly config: z.ZodType<C>;
  create(context: ServiceContext<C>): Promise<Service>;
}
