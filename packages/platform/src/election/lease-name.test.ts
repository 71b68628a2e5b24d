import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leaseName } from './lease-name.ts';

describe('the name of a lease', () => {
  test('is its prefix, lock and schema', () => {
    expect(leaseName('onsale', { lock: 'relay', schema: 'commerce' })).toBe('onsale-relay-commerce');
    expect(leaseName('onsale', { lock: 'purge', schema: 'data_platform' })).toBe('onsale-purge-data-platform');
  });

  test('is a label of Kubernetes, whatever the lock and the schema are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ maxLength: 100 }), (lock, schema) => {
        expect(leaseName('onsale', { lock, schema })).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      }),
    );
  });

  test('differs where only its end would tell', () => {
    const long = 'x'.repeat(80);
    const names = ['a', 'b'].map((end) => leaseName('onsale', { lock: 'relay', schema: `${long}${end}` }));
    expect(new Set(names).size).toBe(2);
  });
});
