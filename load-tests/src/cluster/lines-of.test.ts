import { expect, test } from '@jest/globals';
import { linesOf } from './lines-of.ts';

async function* inPieces(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([[1], [3], [100]])(
  'lines come whole out of pieces of %d bytes, letters too; a torn last one does not',
  async (size) => {
    const lines: string[] = [];
    for await (const line of linesOf(inPieces('하나\n\n둘 two\nto', size))) lines.push(line);
    expect(lines).toEqual(['하나', '', '둘 two']);
  },
);
