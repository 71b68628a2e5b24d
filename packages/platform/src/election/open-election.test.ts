import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { systemClock } from '../service/clock.ts';
import { ConfigError } from '../service/config-error.ts';
import { uuidIds } from '../service/ids.ts';
import { loadConfig } from '../service/load-config.ts';
import { electionConfig } from './election-config.ts';
import { openElection } from './open-election.ts';

const open = (env: Record<string, string>) =>
  openElection({
    config: loadConfig(z.object(electionConfig), env),
    log: pino({ level: 'silent' }),
    clock: systemClock,
    ids: uuidIds,
  });
const inCluster = { ELECTION: 'lease', LEASE_NAMESPACE: 'shop', KUBERNETES_SERVICE_HOST: '10.96.0.1' };

describe('the election', () => {
  test('is left to the database unless told', () => {
    expect(open({})).toBeUndefined();
    expect(open({ KUBERNETES_SERVICE_HOST: '10.96.0.1' })).toBeUndefined();
  });

  test('is by leases where it is told their namespace', async () => {
    const election = open(inCluster);
    expect(election?.candidacy({ lock: 'relay', schema: 'commerce' }).office).toBe('onsale-relay-commerce');
    await election?.close();
  });

  test.each([
    [{ ELECTION: 'raft' }, 'ELECTION: must be database or lease'],
    [{ ...inCluster, LEASE_NAMESPACE: '' }, 'LEASE_NAMESPACE: must be set, since ELECTION is lease'],
    [{ ...inCluster, LEASE_NAMESPACE: 'No_Namespace' }, 'LEASE_NAMESPACE: must be the name of a namespace'],
    [{ ...inCluster, LEASE_PREFIX: '-x' }, 'LEASE_PREFIX: must be a DNS label of 40 characters at most'],
    [
      { ...inCluster, KUBERNETES_SERVICE_HOST: '' },
      'ELECTION: lease needs a Kubernetes cluster, which tells its pods KUBERNETES_SERVICE_HOST',
    ],
  ])('is refused with one line for %j', (env, line) => {
    expect(() => open(env)).toThrow(new ConfigError(line));
  });
});
