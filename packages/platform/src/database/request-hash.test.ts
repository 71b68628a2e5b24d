import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestHash } from './request-hash.ts';

describe('the hash of a request', () => {
  test('does not depend on the order of fields, at any depth', () => {
    expect(requestHash({ a: 1, b: { c: [1, { d: 2, e: 3 }] } })).toBe(
      requestHash({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 }),
    );
  });

  test('leaves out fields that are undefined, as JSON does', () => {
    expect(requestHash({ a: 1, b: undefined })).toBe(requestHash({ a: 1 }));
  });

  test('tells different requests apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        fc.pre(!same || requestHash(a) === requestHash(b));
        if (requestHash(a) === requestHash(b))
          expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });

  test('of what came back from JSON is the same', () => {
    fc.assert(fc.property(fc.jsonValue(), (a) => requestHash(JSON.parse(JSON.stringify(a))) === requestHash(a)));
  });
});
