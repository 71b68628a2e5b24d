import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { type LeadJobOptions, leadJob } from '../database/lead-job.ts';
import { sampleOf, type TestDatabase, testDatabase } from '../database/testing/test-database.ts';
import { uuidIds } from '../service/ids.ts';
import type { Election } from './election.ts';
import { electionConfig } from './election-config.ts';
import { holderOf } from './lease.ts';
import { leaseName } from './lease-name.ts';
import type { LeaseTiming } from './lease-timing.ts';
import { leaseElection } from './open-election.ts';
import { type LeaseServer, startLeaseServer } from './testing/lease-server.ts';

/** As in production, but faster; a machine that stands still for three seconds loses no lease yet. */
const timing: LeaseTiming = {
  leaseSeconds: 6,
  renewDeadlineMs: 4_500,
  renewEveryMs: 800,
  retryMs: 250,
  conflictMs: 50,
  lookEveryMs: 500,
  callTimeoutMs: 600,
};

let given: TestDatabase;
let api: LeaseServer;
let stops: (() => Promise<void>)[];
let elections: Election[];
/** What the candidates did, in the order in which they did it, and when. */
let story: { line: string; atMs: number }[];
let name: string;

beforeEach(async () => {
  [given, api] = await Promise.all([testDatabase(), startLeaseServer()]);
  [stops, elections, story] = [[], [], []];
  name = leaseName('onsale', { lock: 'test', schema: given.schema.name });
});
afterEach(async () => {
  api.fault = () => undefined;
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(elections.map((election) => election.close()));
  await Promise.all([given.close(), api.stop()]);
});

const tell = (line: string) => void story.push({ line, atMs: performance.now() });
const lines = () => story.map(({ line }) => line);
const told = (line: string, times = 1) =>
  until(`${times} × ${line}`, async () => lines().filter((each) => each === line).length >= times);
const momentOf = (line: string) => story.findLast((each) => each.line === line)?.atMs ?? Number.NaN;

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** A process of its own as far as the election can see. */
function candidate(who: string, options: { wallClock?: string; work?: LeadJobOptions['work'] } = {}) {
  const env = { LEASE_IDENTITY: who, KUBERNETES_CREDENTIALS_FOLDER: api.credentialsFolder };
  const election = leaseElection({
    config: z.object(electionConfig).parse(env),
    log: pino({ level: 'silent' }),
    clock: { now: () => new Date(options.wallClock ?? Date.now()) },
    ids: uuidIds,
    url: api.url,
    namespace: 'shop',
    timing,
  });
  elections.push(election);
  const metrics = new Registry();
  const job = leadJob({
    part: 'test',
    database: given.again(),
    election,
    lock: 'test',
    log: pino({ level: 'silent' }),
    metrics,
    random: () => 0,
    work: async (signal, connection) => {
      await connection.rows('SELECT 1');
      tell(`${who} leads`);
      await (options.work?.(signal, connection) ?? untilAborted(signal));
      tell(`${who} ends`);
    },
  });
  const stopped = new AbortController();
  const running = job.run(stopped.signal);
  const stop = async () => {
    stopped.abort();
    await running;
  };
  stops.push(stop);
  return { stop, leads: () => sampleOf(metrics, 'leader', { lock: 'test' }) };
}

const holder = () => {
  const lease = api.lease(name);
  return lease && holderOf(lease).split('_')[0];
};

function takeLease(): void {
  api.write(name, (lease) => ({ ...lease, spec: { ...lease.spec, holderIdentity: 'usurper' } }));
}

async function killConnections(): Promise<void> {
  const [rows] = await given.schema.admin.query(
    "SELECT id FROM information_schema.processlist WHERE db = ? AND command = 'Sleep'",
    [given.schema.name],
  );
  for (const row of Array.isArray(rows) ? rows : []) {
    await given.schema.admin.query('KILL ?', [Reflect.get(row, 'id')]).catch(() => undefined);
  }
}

describe('of several candidates for a lease', () => {
  test('one leads, and when it stops the next leads at once, its work having ended before', async () => {
    const first = candidate('first');
    await told('first leads');
    expect(holder()).toBe('first');
    const second = candidate('second');
    await until('the second to look', async () => api.answered.filter((line) => line === 'GET 200').length > 2);
    expect([await first.leads(), await second.leads()]).toEqual([1, 0]);
    const stoppedAt = performance.now();
    await first.stop();
    expect(await first.leads()).toBe(0);
    await told('second leads');
    expect(lines()).toEqual(['first leads', 'first ends', 'second leads']);
    expect(momentOf('second leads') - stoppedAt).toBeLessThan(timing.leaseSeconds * 1000);
    await stops[1]?.();
    expect(holder()).toBe('');
  });

  test('that begin at the same moment one leads', async () => {
    for (const who of ['a', 'b', 'c', 'd']) candidate(who);
    await until('one to lead', async () => story.length > 0);
    await until('the others to look', async () => api.answered.filter((line) => line === 'GET 200').length > 6);
    expect(story).toHaveLength(1);
    expect(holder()).toBe(lines()[0]?.split(' ')[0]);
  });

  test.each(['1999-01-01T00:00:00Z', '2999-01-01T00:00:00Z'])(
    'none is misled by one whose clock says %s',
    async (at) => {
      candidate('first', { wallClock: at });
      await told('first leads');
      candidate('second');
      await until('many renewals', async () => api.answered.filter((line) => line === 'PUT 200').length > 7);
      expect(lines()).toEqual(['first leads']);
    },
  );
});

describe('a leader by a lease', () => {
  test('whose renewals do not arrive gives the lead up before another has it', async () => {
    candidate('first');
    await told('first leads');
    candidate('second');
    await until('the second to look', async () => api.answered.filter((line) => line === 'GET 200').length > 2);
    api.fault = (method) => (method === 'PUT' ? 'hang' : undefined);
    await told('first ends');
    api.fault = () => undefined;
    await until('one to lead again', async () => story.length > 2);
    expect(lines().slice(0, 2)).toEqual(['first leads', 'first ends']);
  });

  test('steps down in time when the server is away, and one leads soon after it is back', async () => {
    candidate('first');
    await told('first leads');
    candidate('second');
    const lastRenewal = api.lease(name)?.spec.renewTime;
    api.fault = () => 'hang';
    const cutAt = performance.now();
    await told('first ends');
    expect(momentOf('first ends') - cutAt).toBeLessThan(timing.leaseSeconds * 1000);
    expect(api.lease(name)?.spec.renewTime).toBe(lastRenewal);
    api.fault = () => undefined;
    await until('one to lead again', async () => story.length > 2);
    expect(lines()).toHaveLength(3);
  });

  test.each([{ status: 500 }, { status: 409 }, 'hang', 'flood'] as const)(
    'keeps it over a moment of %j',
    async (fault) => {
      candidate('first');
      await told('first leads');
      candidate('second');
      let faults = 2;
      api.fault = () => {
        faults -= 1;
        return faults >= 0 ? fault : undefined;
      };
      await until('renewals to go on', async () => {
        const { length } = api.answered;
        return faults < 0 && api.answered.slice(length - 8).filter((line) => line === 'PUT 200').length > 2;
      });
      expect(lines()).toEqual(['first leads']);
    },
  );

  test('ends when another has taken the lease, and when it was deleted', async () => {
    const { leads } = candidate('first');
    await told('first leads');
    takeLease();
    await told('first ends');
    expect(await leads()).toBe(0);
    await told('first leads', 2);
    expect(momentOf('first leads') - momentOf('first ends')).toBeGreaterThan(timing.leaseSeconds * 1000 - 700);
    api.write(name, () => undefined);
    await told('first leads', 3);
    expect(lines()).toEqual(['first leads', 'first ends', 'first leads', 'first ends', 'first leads']);
  });

  test('keeps what others wrote on its lease', async () => {
    candidate('first');
    await told('first leads');
    api.write(name, (lease) => ({ ...lease, metadata: { ...lease.metadata, labels: { team: 'shop' } } }));
    const before = api.lease(name)?.spec.renewTime;
    await until('a renewal', async () => api.lease(name)?.spec.renewTime !== before);
    expect(api.lease(name)?.metadata).toMatchObject({ labels: { team: 'shop' } });
    expect(lines()).toEqual(['first leads']);
  });

  test('gives it up with its connection, and another leads at once', async () => {
    candidate('first');
    await told('first leads');
    candidate('second');
    await until('the second to look', async () => api.answered.filter((line) => line === 'GET 200').length > 2);
    const killedAt = performance.now();
    await killConnections();
    await told('first ends');
    await until('one to lead', async () => story.length === 3);
    expect(momentOf(lines()[2] ?? '') - killedAt).toBeLessThan(timing.leaseSeconds * 1000);
  });

  test('whose work does not end is cut off from the database when its lease is lost', async () => {
    const work: LeadJobOptions['work'] = async (signal, connection) => {
      await untilAborted(signal);
      if (lines().includes('cut off')) return;
      tell('lost');
      // It never heeds the signal: only its connection's end stops it.
      for (;;) {
        await connection.rows('DO SLEEP(0.1)').catch((error) => {
          tell('cut off');
          throw error;
        });
      }
    };
    candidate('first', { work });
    await told('first leads');
    takeLease();
    await told('cut off');
    expect(momentOf('cut off') - momentOf('lost')).toBeLessThan(2_000);
  });

  test.each([
    { lost: 'lease', lose: takeLease },
    { lost: 'connection', lose: killConnections },
  ])('that loses its $lost and is stopped before it has let go stops without a failure', async ({ lose }) => {
    const { stop } = candidate('first');
    await told('first leads');
    // Who lets go reads the lease first.
    api.fault = (method) => (method === 'GET' ? 'hang' : undefined);
    await lose();
    await told('first ends');
    await expect(stop()).resolves.toBeUndefined();
  });

  test('reads its token anew', async () => {
    candidate('first');
    await told('first leads');
    await api.renewToken('second-token');
    const before = api.lease(name)?.spec.renewTime;
    await until('a renewal', async () => api.lease(name)?.spec.renewTime !== before);
    expect(lines()).toEqual(['first leads']);
  });
});
