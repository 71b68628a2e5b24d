import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, type Front, startFront } from '@onsale/tests/support';
import { inventory } from '../../services/inventory.ts';

let front: Front;

beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front?.stop());

const byMachine = inventory.filter(({ guarded, open, byAddress }) => !guarded && !open && !byAddress);

describe('routing', () => {
  test('the gateway and the external data platform have no routes of their own at the gateway', () => {
    expect(byMachine.map(({ name }) => name).sort()).toEqual(['data-platform', 'gateway']);
  });

  test.each([
    ['POST', '/orders'],
    ['GET', '/orders'],
    ['GET', '/orders/count'],
    ['GET', '/faults'],
    ['PUT', '/faults'],
    ['GET', '/api/faults'],
    ['PUT', '/api/faults'],
    ['GET', '/data-platform/orders'],
    ['GET', '/api/data-platform/orders'],
    ['GET', '/api/products/..%2f..%2forders/count'],
  ])('%s %s of the data platform has no way through the gateway', async (method, path) => {
    const answer = await call(front.url + path, { method, ...(method !== 'GET' && { body: {} }) });
    expect([answer.status, answer.body.code]).toEqual([404, 'route-not-found']);
  });

  test('popular products are no product: the longer prefix has its own service', async () => {
    const popular = await call(`${front.url}/api/products/popular`);
    expect([popular.status, popular.body]).toEqual([200, { items: [] }]);
    expect((await call(`${front.url}/api/products/popularity`)).body.code).toBe('product-not-found');
  });

  test('with the bestsellers away popular is 503, never a product that was not found; the catalogue goes on', async () => {
    await front.shop.bestseller.stop();
    for (const path of ['/api/products/popular', '/api/bestsellers/live', '/api/bestsellers?date=2026-11-01']) {
      const answer = await call(front.url + path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect((await call(`${front.url}/api/products`)).status).toBe(200);
  });
});
