import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Reply } from './reply.ts';

/** Who may call a route: `anyone` without a token, `user` with any valid token, `admin` with that role. */
export type Access = 'anyone' | 'user' | 'admin';
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type KeyRule = 'required' | 'optional' | undefined;
type Schema = z.ZodObject | undefined;
type Fields<S extends Schema> = S extends z.ZodObject ? z.output<S> : Record<string, never>;

interface RouteInput<P extends Schema, Q extends Schema, B extends Schema> {
  params: Fields<P>;
  query: Fields<Q>;
  body: Fields<B>;
}

/** A request that passed every check of its route. */
export interface RouteRequest<A extends Access, P extends Schema, Q extends Schema, B extends Schema, K extends KeyRule>
  extends RouteInput<P, Q, B> {
  caller: A extends 'anyone' ? undefined : Caller;
  idempotencyKey: K extends 'required' ? string : K extends 'optional' ? string | undefined : undefined;
  requestId: string;
  /** Aborts when the client hangs up or the request's time is over. Writes are not cancelled half-way by it. */
  signal: AbortSignal;
}

/** What a status means, for OpenAPI. */
export interface RouteResponse {
  description: string;
  schema?: z.ZodType;
}

/** One operation: what it takes, who may call it, what it may answer, and the function that answers. */
export interface RouteDefinition<
  A extends Access,
  P extends Schema,
  Q extends Schema,
  B extends Schema,
  K extends KeyRule,
> {
  method: Method;
  /** Express notation: `/api/orders/:id`. */
  path: `/${string}`;
  summary: string;
  tag: string;
  access: A;
  /** The user acted upon. The caller must be that user (admins too), else 403 `not-owner`. */
  owner?(input: RouteInput<P, Q, B>): string;
  /** Whether the header Idempotency-Key is taken: missing but required is 400 `idempotency-key-missing`. */
  idempotencyKey?: K;
  params?: P;
  query?: Q;
  body?: B;
  responses: Readonly<Record<number, RouteResponse>>;
  /** Codes of the problems it may answer beyond those every route may. */
  problems: readonly string[];
  handle(request: RouteRequest<A, P, Q, B, K>): Promise<Reply>;
}

interface ErasedInput {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

interface ErasedRequest extends ErasedInput {
  caller: Caller | undefined;
  idempotencyKey: string | undefined;
  requestId: string;
  signal: AbortSignal;
}

/** A route whose types have done their work: what the app serves and OpenAPI describes. */
export interface AnyRoute {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly idempotencyKey?: KeyRule;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: Schema;
  readonly responses: Readonly<Record<number, RouteResponse>>;
  readonly problems: readonly string[];
  owner?(input: ErasedInput): string;
  handle(request: ErasedRequest): Promise<Reply>;
}

/**
 * Defines a route. Its schemas become strict here, once: a field they do not name is refused. Objects inside them
 * must be strict themselves (`z.strictObject`).
 *
 * @throws Error when `params` does not name exactly the path's parameters, or an owner is asked of anonymous callers
 */
export function route<
  const A extends Access,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  const K extends KeyRule = undefined,
>(definition: RouteDefinition<A, P, Q, B, K>): AnyRoute {
  const { method, path, params, query, body } = definition;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const inSchema = Object.keys(params?.shape ?? {});
  if (inPath.length !== inSchema.length || inPath.some((name) => !inSchema.includes(name ?? ''))) {
    throw new Error(`${method} ${path}: params must name ${inPath.join(', ') || 'nothing'}, as the path does`);
  }
  if (definition.owner && definition.access === 'anyone') throw new Error(`${method} ${path}: an owner needs a caller`);
  return {
    ...definition,
    params: (params ?? z.object({})).strict(),
    query: (query ?? z.object({})).strict(),
    body: body?.strict(),
  };
}
