import { type Context, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

/** Headers as HTTP and Kafka give them. */
export type HeaderBag = Readonly<Record<string, string | Buffer | readonly (string | Buffer)[] | undefined>>;

/** W3C trace headers of the active span, to be sent with an outgoing call or message; empty without a span. */
export function injectTraceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The context that incoming headers carry on, or an empty one. */
export function contextFromHeaders(headers: HeaderBag | undefined): Context {
  return propagation.extract(ROOT_CONTEXT, headers, headerGetter);
}

const headerGetter = {
  keys: (headers: HeaderBag | undefined) => Object.keys(headers ?? {}),
  get: (headers: HeaderBag | undefined, key: string) => {
    const value = headers?.[key];
    const one = value instanceof Buffer || typeof value === 'string' ? value : value?.[0];
    return one?.toString();
  },
};
