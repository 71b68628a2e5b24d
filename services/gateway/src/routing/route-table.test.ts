import { describe, expect, test } from '@jest/globals';
import { createRouteTable, gatewayRoute } from './route-table.ts';

const routeOf = createRouteTable(
  [
    { prefix: '/api/auth', service: 'auth', anonymous: true, limit: 'address' },
    { prefix: '/api/auth/me', service: 'auth', limit: 'user' },
    { prefix: '/api/orders', service: 'order', limit: 'user' },
  ].map((route) => gatewayRoute.parse(route)),
);

describe('the route of a path', () => {
  test.each([
    ['/api/orders', '/api/orders'],
    ['/api/orders/o-1/cancel', '/api/orders'],
    ['/api/auth/login', '/api/auth'],
    ['/api/auth/me', '/api/auth/me'],
    ['/api/auth/mellow', '/api/auth'],
  ])('%s is under %s', (path, prefix) => {
    expect(routeOf(path)?.prefix).toBe(prefix);
  });

  test.each([
    '/',
    '/api',
    '/api/ordersx',
    '/API/orders',
    '/metrics',
    '/readyz',
    '/openapi.json',
    '/api/orders/../admin',
    '/api/orders/%2e%2E/admin',
    '/api/orders/.',
    '/api/orders/a%2fb',
    '/api/orders/a%5Cb',
    '/api//orders',
    '/api/orders//x',
    '/api/orders/%00',
  ])('%s has none', (path) => {
    expect(routeOf(path)).toBeUndefined();
  });
});
