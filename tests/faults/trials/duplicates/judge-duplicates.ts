import type { KeyRecord } from '../../load/key-record.ts';
import { nameOf } from '../../load/request.ts';
import { TOLD_WITHIN_MS } from '../../load/told-within.ts';
import type { Told } from '../asking/asking.ts';

function count(what: readonly string[]): string {
  const distinct = [...new Set(what)];
  return distinct.map((each) => `${what.filter((other) => other === each).length} ${each}`.trimEnd()).join(', ');
}

/** What was broken among duplicates of a request that can be granted: all have one effect, and are told so. */
export function judgeDuplicates(record: KeyRecord | undefined, told: readonly Told[]): string[] {
  if (record === undefined) return ['nothing was asked'];
  const { request, granted, twoEffects } = record;
  const name = nameOf(request);
  const otherwise = told.filter(({ outcome }) => outcome !== 'ok');
  const heard = count(otherwise.map(({ outcome, code = '' }) => `${outcome} ${code}`));
  const longestMs = Math.max(...told.map(({ tookMs }) => tookMs));
  return [
    ...(twoEffects ? [`${name} was granted twice, first as ${granted}`] : []),
    ...(otherwise.length > 0 ? [`of ${told.length} times ${name} was told: ${heard}`] : []),
    ...(longestMs > TOLD_WITHIN_MS ? [`${name} was not told to all for ${Math.round(longestMs)} ms`] : []),
  ];
}
