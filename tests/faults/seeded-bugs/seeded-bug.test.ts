import { describe, expect, test } from '@jest/globals';
import { readSeededBug } from './seeded-bug.ts';

describe('a seeded bug', () => {
  test('is told by the name of its patch and by the comments before it', () => {
    const patch = '# It breaks\n# this.\n# Faults: redis killed, redis paused\ndiff --git a/b b/b\n# not this\n';
    expect(readSeededBug('/patches/07-plain-read.patch', patch)).toEqual({
      number: '07',
      name: 'plain-read',
      file: '/patches/07-plain-read.patch',
      breaks: 'It breaks this.',
      faults: 'redis killed, redis paused',
    });
  });

  test('may come out under any fault', () => {
    expect(readSeededBug('07-plain-read.patch', '# It breaks.\ndiff')).not.toHaveProperty('faults');
  });

  test.each([
    ['7-plain-read.patch', '# It breaks.\ndiff'],
    ['07-plain-read.patch', 'diff'],
  ])('%s that does not is refused', (file, patch) => {
    expect(() => readSeededBug(file, patch)).toThrow('must be called like');
  });
});
