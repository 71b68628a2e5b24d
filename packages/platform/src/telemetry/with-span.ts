import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { DomainError } from '../domain-error.ts';

/** What a span is made with, where attributes alone do not do. */
export interface SpanSetup {
  attributes?: Attributes;
  kind?: SpanKind;
  links?: Link[];
  /** Whose child it is; the active context's when absent. */
  parent?: Context;
}

/**
 * Runs `work` inside a span of that name and ends the span when the work ends. An error is recorded and thrown on;
 * a refusal the caller is meant to get (a DomainError other than `unavailable`) is named but is no error of the span.
 */
export async function withSpan<T>(
  name: string,
  setup: Attributes | SpanSetup,
  work: (span: Span) => Promise<T> | T,
): Promise<T> {
  const { attributes, kind, links, parent }: SpanSetup = isSpanSetup(setup) ? setup : { attributes: setup };
  const within = parent ?? context.active();
  const options = { kind: kind ?? SpanKind.INTERNAL, ...(attributes && { attributes }), ...(links && { links }) };
  const span = trace.getTracer('onsale').startSpan(name, options, within);
  try {
    return await context.with(trace.setSpan(within, span), work, undefined, span);
  } catch (error) {
    recordError(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Notes on a span why its work failed. */
export function recordError(span: Span, error: unknown): void {
  if (error instanceof DomainError) {
    span.setAttribute('error.code', error.code);
    if (error.kind !== 'unavailable') return;
  }
  const exception = error instanceof Error ? error : new Error(String(error));
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}

function isSpanSetup(setup: Attributes | SpanSetup): setup is SpanSetup {
  const { attributes, kind, links, parent } = setup;
  return (
    typeof attributes === 'object' || typeof parent === 'object' || Array.isArray(links) || typeof kind === 'number'
  );
}
