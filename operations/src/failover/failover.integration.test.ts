import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService } from '@onsale/platform/service';
import { until } from '@onsale/tests/support';
import { promote } from './promotion/promote.ts';
import { switchOver } from './promotion/switch-over.ts';
import { changes, cutAt } from './testing/cut-at.ts';
import { type FailoverWorld, failoverWorld } from './testing/failover-world.ts';
import { watchService } from './watch/watch-service.ts';

let world: FailoverWorld;
let nextId = 1;

beforeAll(async () => {
  world = await failoverWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const promoteNow = (acceptLoss = false) => world.failover((failover) => promote(failover, { acceptLoss }));

async function writeOne(): Promise<number> {
  const id = nextId;
  nextId += 1;
  await world.write(id);
  return id;
}

/** Services look for the primary some times a second: a commit right after a promotion may still be refused. */
const commitSoon = () => until('a commit', () => writeOne().catch(() => undefined));

/** Writers that go on whatever happens, and what of theirs was acknowledged. */
function startWriters(count: number) {
  const acknowledged: number[] = [];
  let ended = false;
  const write = async () => {
    while (!ended)
      await writeOne().then(
        (id) => acknowledged.push(id),
        () => undefined,
      );
  };
  const writing = Promise.all(Array.from({ length: count }, write));
  const more = async (atLeast: number) => {
    const wanted = acknowledged.length + atLeast;
    await until(`${atLeast} more commits`, async () => acknowledged.length >= wanted);
  };
  return {
    acknowledged,
    more,
    async end() {
      ended = true;
      await writing;
    },
  };
}

describe('a primary that answers', () => {
  test('is not given up, and its replica receives again if an earlier try had stopped it', async () => {
    const { other } = await world.roles();
    await other.query('STOP REPLICA IO_THREAD');
    await expect(promoteNow()).rejects.toThrow('answers and takes writes');
    await until(
      'it to receive',
      async () => (await other.query('SHOW REPLICA STATUS'))[0]?.Replica_IO_Running === 'Yes',
    );
  });

  test('is moved without a loss, while commits go on', async () => {
    const { primary, other } = await world.roles();
    const writers = startWriters(4);
    await writers.more(20);
    expect(await world.failover(switchOver)).toEqual({ primary: other.server.name, loss: { kind: 'none' } });
    await writers.more(20);
    await writers.end();
    expect(await world.ids()).toEqual(expect.arrayContaining(writers.acknowledged));
    await until('the former one to follow', async () => {
      const [status] = await primary.query('SHOW REPLICA STATUS').catch(() => []);
      return status?.Replica_IO_Running === 'Yes';
    });
  });
});

describe('a primary that is lost', () => {
  test('is followed by its replica with all that was acknowledged, while commits go on', async () => {
    const { primary, other } = await world.roles();
    const writers = startWriters(8);
    await writers.more(50);
    await primary.server.kill();
    expect(await promoteNow()).toEqual({ primary: other.server.name, loss: { kind: 'none' } });
    await writers.more(50);
    await writers.end();
    expect(await world.ids()).toEqual(expect.arrayContaining(writers.acknowledged));

    await primary.server.restart();
    expect(await primary.query('SELECT @@super_read_only AS readOnly')).toEqual([{ readOnly: 1 }]);
    await world.bringBack(primary, 'removed');
  });

  test('and hangs is fenced before the other takes writes', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    const { pid } = primary.server;
    await primary.server.pause();
    expect(await promoteNow()).toMatchObject({ primary: other.server.name });
    expect(primary.server.pid).not.toBe(pid);
    await commitSoon();
    await world.bringBack(primary, 'kept');
  });

  test.each(
    changes.flatMap((change) => [
      { change, when: 'before' as const },
      { change, when: 'after' as const },
    ]),
  )('is replaced by a second call when the first ended $when $change', async ({ change, when }) => {
    const { primary, other } = await world.roles();
    const id = await commitSoon();
    await primary.server.kill();
    const cut = world.failover((failover) => promote(cutAt(failover, change, when), { acceptLoss: false }));
    await expect(cut).rejects.toThrow(`ended ${when} ${change}`);
    if (change === 'setWritable' && when === 'after') {
      await expect(promoteNow()).rejects.toThrow('answers and takes writes');
    } else {
      expect(await promoteNow()).toMatchObject({ primary: other.server.name });
    }
    await commitSoon();
    expect(await world.ids()).toContain(id);
    await world.bringBack(primary, 'kept');
  });
});

describe('what was acknowledged', () => {
  test('and never received stops the promotion, until the loss is accepted', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    await other.query('STOP REPLICA');
    const lost = await writeOne();
    await primary.server.kill();
    await expect(promoteNow()).rejects.toThrow(
      /never received acknowledged writes: [0-9a-f-]{36}:\d+; .*--accept-loss/,
    );
    expect((await world.roles()).primary.server.name).toBe(primary.server.name);
    expect(await promoteNow(true)).toMatchObject({ primary: other.server.name, loss: { kind: 'missing' } });
    await commitSoon();
    expect(await world.ids()).not.toContain(lost);
    await world.bringBack(primary, 'removed');
  });

  test('is not known when Redis was emptied, or is away', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    await primary.server.kill();
    await world.emptyRedis();
    await expect(promoteNow()).rejects.toThrow('Redis has no note of what was acknowledged');
    await world.redis.kill();
    await expect(promoteNow()).rejects.toThrow('Redis does not tell what was acknowledged');
    expect(await promoteNow(true)).toMatchObject({ primary: other.server.name, loss: { kind: 'unknown' } });
    await world.redis.restart();
    await commitSoon();
    await world.bringBack(primary, 'kept');
  });

  test('is told anew by those who acknowledged it when Redis comes back with nothing', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    await primary.server.kill();
    await world.redis.kill();
    await world.redis.restart();
    const promoted = await until('a promotion without a doubt', () => promoteNow().catch(() => undefined));
    expect(promoted).toEqual({ primary: other.server.name, loss: { kind: 'none' } });
    await commitSoon();
    await world.bringBack(primary, 'kept');
  });
});

describe('the watch', () => {
  test('promotes once, by one of two', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    const env = { ...world.env, LOG_LEVEL: 'silent' };
    const watches = await Promise.all([1, 2].map(() => startService(watchService(5), { env })));
    const promotions = async () => {
      const texts = await Promise.all(
        watches.map(({ managementUrl }) => fetch(`${managementUrl}/metrics`).then((answer) => answer.text())),
      );
      return texts.map((text) =>
        Number(/^failover_promotions_total\{.*outcome="done".*\} (\d+)$/m.exec(text)?.[1] ?? 0),
      );
    };
    try {
      await primary.server.kill();
      await until('the other to be primary', async () => (await world.roles()).primary === other, 40_000);
      await commitSoon();
      await until('the promotion to be counted', async () => (await promotions()).includes(1));
      await world.bringBack(primary, 'kept');
      expect((await promotions()).toSorted()).toEqual([0, 1]);
    } finally {
      await Promise.all(watches.map((watch) => watch.stop()));
    }
  });

  test('never promotes with a loss', async () => {
    const { primary, other } = await world.roles();
    await commitSoon();
    await other.query('STOP REPLICA');
    await writeOne();
    const watch = await startService(watchService(5), { env: { ...world.env, LOG_LEVEL: 'silent' } });
    try {
      await primary.server.kill();
      await until(
        'a refusal',
        async () => /outcome="refused".* 1$/m.test(await (await fetch(`${watch.managementUrl}/metrics`)).text()),
        40_000,
      );
      expect((await world.roles()).primary.server.name).toBe(primary.server.name);
    } finally {
      await watch.stop();
    }
    await primary.server.restart();
    await other.query('START REPLICA');
    await commitSoon();
  });
});
