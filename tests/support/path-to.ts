import type { ExportedSpan } from '../../packages/platform/src/telemetry/testing/spans-in.ts';

/** The names from the root of the span's tree to the span; nothing while a part of the way is missing. */
export function pathTo(spanId: string, spans: readonly ExportedSpan[]): string[] | undefined {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const path: string[] = [];
  for (let at = spanId; at !== ''; ) {
    const span = byId.get(at);
    if (span === undefined) return undefined;
    path.unshift(span.name);
    at = span.parentSpanId;
  }
  return path;
}
