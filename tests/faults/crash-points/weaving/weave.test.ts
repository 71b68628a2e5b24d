import { describe, expect, test } from '@jest/globals';
import { weave } from './weave.ts';

const source = 'one();\ntwo(\n  2,\n);\nreturn three();\n';
const spot = { file: 'some.ts', code: 'here();' };

describe('weaving', () => {
  test('puts code before and after a text, on the lines that were there', () => {
    const woven = weave(source, [
      { ...spot, text: 'two(\n  2,\n);', place: 'before' },
      { ...spot, text: 'two(\n  2,\n);', place: 'after' },
    ]);
    expect(woven).toBe('one();\nhere(); two(\n  2,\n); here();\nreturn three();\n');
  });

  test('puts code behind a statement that returns', () => {
    const woven = weave(source, [{ ...spot, text: 'return three();', place: 'behind' }]);
    expect(woven).toBe('one();\ntwo(\n  2,\n);\ntry { return three(); } finally { here(); }\n');
  });

  test('keeps the order of what stands at one spot', () => {
    const woven = weave('two();', [
      { ...spot, code: 'a();', text: 'two();', place: 'before' },
      { ...spot, code: 'b();', text: 'two();', place: 'before' },
    ]);
    expect(woven).toBe('a(); b(); two();');
  });

  test('refuses a text that is not there, and one that is there twice', () => {
    expect(() => weave(source, [{ ...spot, text: 'four()', place: 'before' }])).toThrow('some.ts no longer has');
    expect(() => weave('a(); a();', [{ ...spot, text: 'a();', place: 'before' }])).toThrow('twice');
  });
});
