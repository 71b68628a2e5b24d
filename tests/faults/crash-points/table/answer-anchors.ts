import type { Anchor } from './anchor.ts';

/** An answer of success; a refusal is nobody's. */
const subject = "reply.status < 300 ? response.req.method + ' ' + response.locals.exchange?.route : ''";

const anchor = (step: string, place: Anchor['place']): Anchor => ({
  step,
  file: 'packages/platform/src/http/send-reply.ts',
  text: 'response.end(text);',
  place,
  of: { by: 'route', expression: subject },
  detail: "String(response.req.headers['idempotency-key'])",
});

/** The last two steps of every route that answers something. */
export const answerAnchors: readonly Anchor[] = [anchor('before the answer', 'before'), anchor('answered', 'after')];
