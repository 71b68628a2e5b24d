import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { weave } from './weave.ts';
import { PASS, weavingsByFile } from './weavings.ts';

const root = resolve(import.meta.dirname, '../../../..');

describe.each([...weavingsByFile])('%s', (file, weavings) => {
  const source = readFileSync(join(root, file), 'utf8');

  test('has every text once, and is still a program with the points in it', () => {
    const woven = weave(source, weavings);
    expect(woven.split('\n')).toHaveLength(source.split('\n').length);
    if (file.endsWith('.ts')) expect(stripTypeScriptTypes(woven)).toContain(PASS);
    else expect(() => compileFunction(woven)).not.toThrow();
  });

  test('knows nothing of them by itself', () => {
    expect(source).not.toContain(PASS);
  });
});
