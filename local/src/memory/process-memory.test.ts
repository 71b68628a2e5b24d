import { expect, test } from '@jest/globals';
import { parseMemory, printMemory } from './process-memory.ts';

const rollup = `55d0-7ffd ---p 00000000 00:00 0    [rollup]
Rss:               81920 kB
Pss:               61440 kB
Pss_Dirty:         30720 kB
`;

test('reads what the kernel says of a process', () => {
  expect(parseMemory(rollup)).toEqual({ rss: 81_920, pss: 61_440 });
});

test('sums up in MiB', () => {
  const table = printMemory([
    { name: 'order', rss: 81_920, pss: 61_440 },
    { name: 'point', rss: 20_480, pss: 10_240 },
  ]);
  expect(table.split('\n').at(-1)).toMatch(/^in all +100 +70$/);
});
