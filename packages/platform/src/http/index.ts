export { DomainError, type DomainErrorOptions, type ErrorKind, type FieldError } from '../domain-error.ts';
export { bearerToken, unauthorized } from './bearer-token.ts';
export type { Caller, VerifyToken } from './caller.ts';
export type { BreakerSettings } from './client/client-breaker.ts';
export { createHttpClient } from './client/create-http-client.ts';
export type { CallPath, HttpCallOptions, HttpClient, HttpClientOptions } from './client/http-client.ts';
export { HttpRefusal, type RefusalReason } from './client/http-refusal.ts';
export { createHttpApp, type HttpApp, type HttpAppOptions } from './create-http-app.ts';
export type { Exchange } from './exchange.ts';
export { type OpenApiDocument, openApiOf } from './open-api-of.ts';
export { decodeCursor, encodeCursor, pageQuery } from './page.ts';
export { problemOf, sendProblem } from './problem.ts';
export { type Problem, ProblemError } from './problem-error.ts';
export { created, noContent, ok, type ReplayableAnswer, type Reply, replay } from './reply.ts';
export {
  type Access,
  type AnyRoute,
  type RouteDefinition,
  type RouteRequest,
  type RouteResponse,
  route,
} from './route.ts';
export { createTokenVerifier, type TokenVerifierOptions } from './token-verifier.ts';
