import { nameOf } from '../../load/request.ts';
import type { Asking } from '../asking/asking.ts';
import type { Nap } from './nap.ts';
import { piecesOfProduct } from './wants.ts';

/** Within this the others must have gone on, in ms: a lock's time, the server's patience with an idle session, a retry. */
const goOnWithinMs = 15_000;

/** The product whose lock it is; undefined for a user's. */
export function productOf(lock: string): string | undefined {
  return /^product:(.+):lock$/.exec(lock)?.[1];
}

export interface JudgeNap {
  readonly nap: Nap;
  readonly recordOf: Asking['recordOf'];
  /** What is left of each product whose lock was held. */
  readonly stocks: ReadonlyMap<string, number>;
}

/** Broken promises of one nap. */
export function judgeNap(judged: JudgeNap): string[] {
  return [...judgeWants(judged), ...judgeRivals(judged), ...judgeStock(judged)];
}

function judgeWants({ nap, recordOf }: JudgeNap): string[] {
  return nap.wants.flatMap(({ want: { request }, told }) => {
    const name = nameOf(request);
    if (recordOf(request)?.twoEffects) return [`${name} had two effects`];
    return told.some(({ outcome }) => outcome === 'unknown') ? [`${name} was never told`] : [];
  });
}

function judgeRivals({ nap }: JudgeNap): string[] {
  return [...nap.rivals].flatMap(([lock, told]) =>
    told.flatMap(({ outcome, code = '', tookMs }) => {
      const soldOut = productOf(lock) !== undefined && code === 'sold-out';
      if (outcome !== 'ok' && !soldOut) return [`who wanted ${lock} meanwhile was told: ${outcome} ${code}`.trimEnd()];
      return tookMs > goOnWithinMs ? [`who wanted ${lock} meanwhile waited ${Math.round(tookMs)} ms`] : [];
    }),
  );
}

/** Each wanted by one more than there are pieces: all are sold, to as many as were told so. */
function judgeStock({ nap, recordOf, stocks }: JudgeNap): string[] {
  return nap.held.flatMap((lock) => {
    const product = productOf(lock);
    if (product === undefined) return [];
    const wants = nap.wants.map(({ want }) => want).filter(({ rivals }) => rivals.has(lock));
    const requests = wants.flatMap(({ request, rivals }) => [request, ...(rivals.get(lock) ?? [])]);
    const granted = requests.filter((request) => recordOf(request)?.granted !== undefined).length;
    const left = stocks.get(product);
    if (left === 0 && granted === piecesOfProduct) return [];
    return [`of ${piecesOfProduct} pieces of ${product} ${granted} were granted, ${left} are left`];
  });
}
