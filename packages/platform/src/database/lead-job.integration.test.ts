import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { type LeadJobOptions, leadJob } from './lead-job.ts';
import { sampleOf, type TestDatabase, testDatabase } from './testing/test-database.ts';

let given: TestDatabase;
let stops: (() => Promise<void>)[];
/** What the candidates did, in the order in which they did it. */
let story: string[];

beforeEach(async () => {
  given = await testDatabase();
  stops = [];
  story = [];
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await given.close();
});

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

function candidate(name: string, options: Partial<LeadJobOptions> = {}) {
  const metrics = new Registry();
  const job = leadJob({
    part: 'test',
    database: given.again(),
    lock: 'test',
    log: pino({ level: 'silent' }),
    metrics,
    random: () => 0,
    async work(signal) {
      story.push(`${name} leads`);
      await untilAborted(signal);
      story.push(`${name} ends`);
    },
    ...options,
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

const told = (line: string) => until(line, async () => story.includes(line));

async function killHolder(): Promise<void> {
  const holder = await until('the lock is held', async () => {
    const [rows] = await given.schema.admin.query('SELECT IS_USED_LOCK(?) AS holder', [`test:${given.schema.name}`]);
    const id: unknown = Array.isArray(rows) ? Reflect.get(rows[0] ?? {}, 'holder') : null;
    return typeof id === 'number' && id;
  });
  await given.schema.admin.query('KILL ?', [holder]);
}

describe('of several candidates', () => {
  test('one leads, and when it stops its work has ended before the next begins', async () => {
    const first = candidate('first');
    await told('first leads');
    const second = candidate('second');
    expect(await first.leads()).toBe(1);
    expect(await second.leads()).toBe(0);
    await first.stop();
    expect(await first.leads()).toBe(0);
    await told('second leads');
    expect(story).toEqual(['first leads', 'first ends', 'second leads']);
  });

  test('another leads when the connection of the first is killed, and the first is told', async () => {
    candidate('first');
    await told('first leads');
    candidate('second');
    await killHolder();
    await told('first ends');
    await told('second leads');
    expect(story.filter((line) => line === 'first leads')).toHaveLength(1);
  });

  test('never two have the lock, however often it changes hands', async () => {
    let holders = 0;
    let most = 0;
    let turns = 0;
    const work: LeadJobOptions['work'] = async (signal, connection) => {
      turns += 1;
      // The connection answers, so the lock is held now: nobody else may have got such an answer and not lost it since.
      await connection.rows('SELECT 1');
      if (signal.aborted) return;
      holders += 1;
      most = Math.max(most, holders);
      signal.addEventListener('abort', () => {
        holders -= 1;
      });
      await untilAborted(signal);
    };
    const candidates = ['a', 'b', 'c'].map((name) => candidate(name, { work }));
    for (let stopped = 0; stopped < 2; stopped += 1) {
      await until('one leads', async () => turns > stopped && holders === 1);
      const leads = await Promise.all(candidates.map((each) => each.leads()));
      await candidates[leads.indexOf(1)]?.stop();
    }
    await until('the last leads', async () => turns === 3 && holders === 1);
    expect(most).toBe(1);
  });

  test('those of another lock or schema lead beside it', async () => {
    candidate('first');
    candidate('other', { lock: 'other' });
    await told('first leads');
    await told('other leads');
  });
});

describe('a leader', () => {
  test('whose work fails gives the lead up, and stands for it again', async () => {
    let failures = 2;
    const work: LeadJobOptions['work'] = async (signal) => {
      story.push(failures > 0 ? 'failing' : 'working');
      failures -= 1;
      if (failures >= 0) throw new Error('not now');
      await untilAborted(signal);
    };
    const { leads } = candidate('it', { work });
    await told('working');
    expect(story).toEqual(['failing', 'failing', 'working']);
    expect(await leads()).toBe(1);
  });

  test('that is killed leads again when there is nobody else', async () => {
    candidate('it');
    await told('it leads');
    await killHolder();
    await until('it leads again', async () => story.length === 3);
    expect(story).toEqual(['it leads', 'it ends', 'it leads']);
  });

  test('may run statements at once on the connection of its lock', async () => {
    const answers: unknown[] = [];
    const work: LeadJobOptions['work'] = async (signal, connection) => {
      answers.push(...(await Promise.all([1, 2, 3].map((n) => connection.rows('SELECT ? AS n', [n])))));
      await untilAborted(signal);
    };
    candidate('it', { work });
    await until('the answers are there', async () => answers.length === 3);
    expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  });

  test('that is silent for longer than the server bears keeps its lead', async () => {
    const work: LeadJobOptions['work'] = async (signal, connection) => {
      await connection.rows('SET SESSION wait_timeout = 4');
      story.push('it leads');
      await untilAborted(signal);
      story.push('it ends');
    };
    candidate('it', { work });
    await told('it leads');
    await given.schema.admin.query('DO SLEEP(7)');
    expect(story).toEqual(['it leads']);
  });

  test('with a schema of the longest name has a lock of its own', async () => {
    candidate('it', { lock: 'a-lock-whose-name-is-far-too-long-for-the-servers-64-characters' });
    await told('it leads');
  });
});
