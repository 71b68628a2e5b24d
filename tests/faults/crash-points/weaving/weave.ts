import type { Spot } from '../table/anchor.ts';

/** Code to be put at a spot. */
export interface Weaving extends Spot {
  readonly code: string;
}

interface Insertion {
  readonly at: number;
  readonly code: string;
}

/**
 * The source with the code in its spots, on the lines that were there: what a stack trace says stays true. Of two
 * weavings at one spot the first in the list stands first.
 * @throws Error when the source has a spot's text not once
 */
export function weave(source: string, weavings: readonly Weaving[]): string {
  const insertions = weavings.flatMap((weaving) => insertionsOf(source, weaving)).sort((a, b) => a.at - b.at);
  let woven = '';
  let from = 0;
  for (const { at, code } of insertions) {
    woven += source.slice(from, at) + code;
    from = at;
  }
  return woven + source.slice(from);
}

function insertionsOf(source: string, { file, text, place, code }: Weaving): Insertion[] {
  const begin = source.indexOf(text);
  if (begin === -1) throw new Error(`${file} no longer has the text of a crash point: ${text}`);
  if (source.indexOf(text, begin + 1) !== -1) throw new Error(`${file} has the text of a crash point twice: ${text}`);
  const end = begin + text.length;
  switch (place) {
    case 'before':
      return [{ at: begin, code: `${code} ` }];
    case 'after':
      return [{ at: end, code: ` ${code}` }];
    case 'behind':
      return [
        { at: begin, code: 'try { ' },
        { at: end, code: ` } finally { ${code} }` },
      ];
  }
}
