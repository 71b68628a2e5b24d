import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@onsale/platform/service';
import { failoverConfig } from './failover-config.ts';

const servers = {
  REDIS_LOCK_URL: 'redis://redis:6379',
  FAILOVER_SERVERS: 'mysql-1=127.0.0.1:3306, mysql-2=db.example.com:3307',
  FAILOVER_MYSQL_USER: 'auditor',
  FAILOVER_MYSQL_PASSWORD: 'word',
};
const load = (more: Record<string, string>) => loadConfig(failoverConfig, { ...servers, ...more });
const file = { FAILOVER_PRIMARY_FILE: '/data/primary' };
const inCluster = { FAILOVER_CONFIG_MAP: 'onsale-mysql-topology', FAILOVER_NAMESPACE: 'shop' };

describe('the environment of failover', () => {
  test('names the servers', () => {
    expect(load(file).FAILOVER_SERVERS).toEqual([
      { name: 'mysql-1', host: '127.0.0.1', port: 3306 },
      { name: 'mysql-2', host: 'db.example.com', port: 3307 },
    ]);
    expect(() => load({ ...file, FAILOVER_SERVERS: 'mysql-1=127.0.0.1:3306' })).toThrow('two servers at least');
    expect(() => load({ ...file, FAILOVER_SERVERS: '127.0.0.1:3306,127.0.0.1:3307' })).toThrow('name=host:port');
  });

  test.each([file, inCluster])('names one place that says who is primary: %j', (place) => {
    expect(load(place)).toMatchObject(place);
  });

  test.each([
    {},
    { FAILOVER_CONFIG_MAP: 'onsale-mysql-topology' },
    { ...file, FAILOVER_NAMESPACE: 'shop' },
    { ...file, ...inCluster },
  ])('names no other number of places: %j', (places) => {
    expect(() => load(places)).toThrow('FAILOVER_PRIMARY_FILE: must be set, or else FAILOVER_CONFIG_MAP');
  });
});
