import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ReservedPorts, reservePorts } from '@onsale/local-servers/processes';
import { writePorts } from './remembered-ports.ts';
import { reserveInstances } from './reserve-instances.ts';

describe('ports of instances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-ports-'));
  const rememberedFile = join(folder, 'ports.json');
  const names = ['order', 'gateway'].map((name) => ({ service: name, name }));
  let taken: ReservedPorts;
  beforeAll(async () => {
    taken = await reservePorts([{ name: 'other' }]);
  });
  afterAll(async () => {
    await taken.release();
    rmSync(folder, { recursive: true });
  });

  test('the gateway has the next one when the usual one is taken', async () => {
    const port = taken.port('other');
    const { instances, release } = await reserveInstances(names, { gateway: { port, exact: false }, rememberedFile });
    await release();
    expect(instances.find(({ name }) => name === 'gateway')?.port).toBeGreaterThan(port);
  });

  test('a port that was asked for is had or refused', async () => {
    const gateway = { port: taken.port('other'), exact: true };
    await expect(reserveInstances(names, { gateway, rememberedFile })).rejects.toThrow('is in use');
  });

  test('are those of the last time', async () => {
    const first = await reserveInstances(names, { gateway: undefined, rememberedFile });
    writePorts(rememberedFile, first.instances);
    await first.release();
    const second = await reserveInstances(names, { gateway: undefined, rememberedFile });
    await second.release();
    expect(second.instances).toEqual(first.instances);
  });
});
