import { describe, expect, it } from '@jest/globals';
import { maskGenerated } from './mask-generated.ts';

describe('masking what is generated', () => {
  it('masks the values that differ, and those alone', () => {
    const render = (password: string) => `data:\n  password: ${password}\n  user: shop\nkind: Secret`;
    expect(maskGenerated(render('abc'), render('xyz'))).toBe(render('<generated>'));
  });

  it('masks the lines of a text in the middle of a document', () => {
    const render = (line: string) => `key: |\n  -----BEGIN-----\n  ${line}\n  -----END-----`;
    expect(maskGenerated(render('MC4C'), render('MXYZ'))).toBe(render('<generated>'));
  });

  it('refuses renderings that differ by more', () => {
    expect(() => maskGenerated('a: 1', 'a: 1\nb: 2')).toThrow('1 and 2 lines');
    expect(() => maskGenerated('a: 1', 'b: 1')).toThrow('more than a value: a: 1');
  });
});
