import { expect, test } from '@jest/globals';
import { replicationNotices } from './replication-notices.ts';

const notices = (status: Record<string, string>) =>
  replicationNotices({
    rows: async () =>
      Object.entries(status).map(([name, Value]) => ({ Variable_name: `Rpl_semi_sync_source_${name}`, Value })),
  });

test('nothing to say while a replica acknowledges', async () => {
  expect(await notices({ status: 'ON', clients: '1' })).toEqual([]);
});

test('degraded, and nobody connected', async () => {
  expect(await notices({ status: 'OFF', clients: '0' })).toEqual([
    expect.stringContaining('is not in force'),
    'no replica is connected to the primary',
  ]);
});

test('not installed', async () => {
  expect(await notices({})).toEqual([expect.stringContaining('is not installed')]);
});
