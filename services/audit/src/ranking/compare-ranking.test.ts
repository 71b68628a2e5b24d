import { describe, expect, test } from '@jest/globals';
import type { LiveRanking } from '../outside/read-ranking.ts';
import { compareRanking, type Sold } from './compare-ranking.ts';

const table: Sold[] = [
  { productId: 'cup', quantitySold: 3, version: '2' },
  { productId: 'map', quantitySold: 0, version: '4' },
];
const right = { whole: true, scores: { cup: -3 }, versions: { cup: '2', map: '4' } };

function compared(changed: { whole?: boolean; scores?: Record<string, number>; versions?: Record<string, string> }) {
  const { whole, scores, versions } = { ...right, ...changed };
  const ranking: LiveRanking = {
    whole,
    scores: new Map(Object.entries(scores)),
    versions: new Map(Object.entries(versions)),
  };
  return compareRanking(table, ranking).map(({ row }) => row.productId ?? row.products);
}

describe('a ranking beside its table', () => {
  test.each([
    ['says the same', {}, []],
    ['has another score', { scores: { cup: -2 } }, ['cup']],
    ['lacks a product', { scores: {} }, ['cup']],
    ['shows a product that sold nothing', { scores: { cup: -3, map: -1 } }, ['map']],
    ['shows it with nothing', { scores: { cup: -3, map: 0 } }, ['map']],
    ['is of an older version', { versions: { cup: '1', map: '4' } }, ['cup']],
    ['never heard of a product', { versions: { cup: '2' } }, ['map']],
    ['has a product that was not sold', { scores: { cup: -3, pen: -9 } }, ['pen']],
    ['has a version of a product that was not sold', { versions: { ...right.versions, pen: '1' } }, ['pen']],
    ['is not whole: nothing else counts', { whole: false, scores: {} }, [2]],
  ])('%s', (_, changed, named) => {
    expect(compared(changed)).toEqual(named);
  });

  test('may be missing when nothing was sold', () => {
    expect(compareRanking([], { whole: false, scores: new Map(), versions: new Map() })).toEqual([]);
  });
});
