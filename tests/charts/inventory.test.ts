import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { topics } from '@onsale/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { repository } from '../../scripts/render/helm.ts';
import { inventory } from '../../services/inventory.ts';

const prefixes = z.array(z.string()).default([]);
const worker = z.looseObject({
  elects: z.string().optional(),
  consumes: z.looseObject({ group: z.string(), topics: z.array(z.string()) }).optional(),
});
const service = z.looseObject({
  schema: z.string().optional(),
  routes: z
    .strictObject({ guarded: prefixes, open: prefixes, byAddress: prefixes })
    .default({ guarded: [], open: [], byAddress: [] }),
  workers: z.record(z.string(), worker).default({}),
});
const values = z.looseObject({ services: z.record(z.string(), service) });

/** The parts that services get of the stores they open; of each schema one service runs them. */
const ofSchema = ['relay', 'purge'];

async function sourcesOf(name: string): Promise<string> {
  const folder = join(repository, 'services', name, 'src');
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!\.test)\.ts$/.test(file));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

describe('the map of services in the chart', () => {
  const map = async () =>
    values.parse(parse(await readFile(join(repository, 'charts/onsale/values.yaml'), 'utf8'))).services;

  it('is the inventory: names, schemas and routes', async () => {
    const charted = Object.entries(await map()).map(([name, { schema, routes }]) => ({ name, schema, ...routes }));
    const listed = inventory.map(({ name, schema, guarded = [], open = [], byAddress = [] }) => {
      return { name, schema, guarded: [...guarded], open: [...open], byAddress: [...byAddress] };
    });
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect(charted.sort(byName)).toEqual(listed.sort(byName));
  });

  it.each(inventory)('has the parts that $name really has', async ({ name }) => {
    const source = await sourcesOf(name);
    const own = [...source.matchAll(/\bpart(?:: | = )'([a-z-]+)'/g)].flatMap(([, part]) => part ?? []);
    const parts = Object.keys((await map())[name]?.workers ?? {});
    const ofStores = source.includes('openStores(') ? ofSchema : [];
    expect(parts.filter((part) => !own.includes(part) && !ofStores.includes(part))).toEqual([]);
    expect(own.filter((part) => !parts.includes(part))).toEqual([]);
  });

  it('has the outbox and the retention of each schema with stores once', async () => {
    const running = Object.entries(await map()).filter(([, { workers }]) => 'relay' in workers);
    expect(running.map(([name, { schema, workers }]) => [name, schema, 'purge' in workers])).toEqual([
      ['order', 'commerce', true],
    ]);
  });

  it.each(inventory)('has the consumer groups, topics and locks of $name', async ({ name }) => {
    const source = await sourcesOf(name);
    for (const [part, { elects, consumes }] of Object.entries((await map())[name]?.workers ?? {})) {
      for (const topic of consumes?.topics ?? []) expect(topics).toContain(topic);
      if (consumes) expect(source).toContain(`'${consumes.group}'`);
      if (elects && !ofSchema.includes(part)) expect(source).toContain(`lock: '${elects}'`);
    }
  });
});
