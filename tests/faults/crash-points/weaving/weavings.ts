import type { Anchor } from '../table/anchor.ts';
import { anchors, notes } from '../table/anchors.ts';
import type { Weaving } from './weave.ts';

/** What woven code calls; see inside/crash-switch.ts. */
export const PASS = 'passCrashPoint';

/** Everything that is woven, by file from the repository's root. */
export const weavingsByFile: ReadonlyMap<string, readonly Weaving[]> = Map.groupBy(
  [...notes, ...anchors.map(weavingOf)],
  ({ file }) => file,
);

function weavingOf({ file, text, place, ...anchor }: Anchor): Weaving {
  return { file, text, place, code: codeOf(anchor) };
}

function codeOf({ step, of, detail }: Pick<Anchor, 'step' | 'of' | 'detail'>): string {
  const subject = typeof of === 'string' ? JSON.stringify(of) : of.expression;
  const more = detail === undefined ? '' : `, () => ${detail}`;
  return `globalThis.${PASS}(${JSON.stringify(step)}, ${subject}${more});`;
}
