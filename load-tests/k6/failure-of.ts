import type { Ask } from '../src/sale/client.ts';
import type { Heard } from '../src/sale/outcome.ts';

/** The rules of the shop: sold out, not enough points, somebody else is at it. */
const refusals: ReadonlySet<number> = new Set([409, 422]);

/** What went wrong with a single request, in a few words; undefined when nothing did. Nobody asks again here, so a 503 is a failure. */
export function failureOf({ method }: Ask, { outcome, status = 0, code = '' }: Heard): string | undefined {
  if (outcome === 'ok' || (method === 'POST' && refusals.has(status))) return undefined;
  return `${status} ${code}`.trim();
}
