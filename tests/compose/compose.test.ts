import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { inventory } from '../../services/inventory.ts';
import { appContainers, inventoryNameOf } from './support/app-containers.ts';
import { composeFile } from './support/compose-file.ts';
import { inCheckout } from './support/in-checkout.ts';
import { interpolate } from './support/interpolate.ts';

// Compose itself is not run by these tests: the file is read, held against a schema of the parts of the format that it
// uses (support/compose-file.ts), and against what it names.

const services = Object.entries(composeFile.services);
const once = (name: string) => composeFile.services[name]?.restart === 'on-failure:5';
const fileOf = (path: string) => path.replace(/^\.\//, '');

describe('compose.yaml', () => {
  test('runs every service of the inventory, and two gateways', () => {
    const running = appContainers
      .filter(({ service, parts }) => service.restart === 'unless-stopped' && parts.includes('http'))
      .map(inventoryNameOf);
    const expected = inventory.flatMap(({ name }) => (name === 'gateway' ? [name, name] : [name]));
    expect(running.toSorted()).toEqual(expected.toSorted());
  });

  test('starts files that are there', () => {
    for (const { name, program } of appContainers) {
      expect({ name, program, there: existsSync(inCheckout(program)) }).toEqual({ name, program, there: true });
    }
  });

  test("gives a service the parts that the chart's map gives it", () => {
    const map = z.object({
      services: z.record(z.string(), z.object({ workers: z.record(z.string(), z.unknown()).default({}) })),
    });
    const chart = map.parse(parse(readFileSync(inCheckout('charts/onsale/values.yaml'), 'utf8')));
    for (const container of appContainers) {
      const name = inventoryNameOf(container);
      if (!name || !container.parts.includes('http')) continue;
      const workers = Object.keys(chart.services[name]?.workers ?? {});
      expect({ name, parts: container.parts.toSorted() }).toEqual({ name, parts: ['http', ...workers].toSorted() });
    }
  });

  test.each(services)('%s names only networks, secrets, volumes and files that are there', (_name, service) => {
    for (const network of service.networks) expect(Object.keys(composeFile.networks)).toContain(network);
    for (const secret of service.secrets) expect(Object.keys(composeFile.secrets)).toContain(secret);
    for (const [source = ''] of service.volumes.map((volume) => volume.split(':'))) {
      if (source.startsWith('./')) expect([source, existsSync(inCheckout(fileOf(source)))]).toEqual([source, true]);
      else expect(Object.keys(composeFile.volumes)).toContain(source);
    }
  });

  test.each(services)('%s waits for what can become what it waits for', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on)) {
      expect(Object.keys(composeFile.services)).toContain(other);
      expect([other, once(other)]).toEqual([other, condition === 'service_completed_successfully']);
      if (condition === 'service_healthy') expect(composeFile.services[other]?.healthcheck).toBeDefined();
    }
  });

  test('nobody waits for himself', () => {
    const waitsFor = (name: string, seen: readonly string[]): void => {
      if (seen.includes(name)) throw new Error(`a circle: ${[...seen, name].join(' → ')}`);
      for (const other of Object.keys(composeFile.services[name]?.depends_on ?? {})) waitsFor(other, [...seen, name]);
    };
    for (const [name] of services) waitsFor(name, []);
  });

  test.each(services)('%s has no more rights than it needs', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.mem_limit).toBeDefined();
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test.each(services.filter(([, { restart }]) => restart === 'unless-stopped'))(
    '%s tells whether it is healthy, and has time to stop',
    (_name, { environment, healthcheck, stop_grace_period: grace }) => {
      expect(healthcheck).toBeDefined();
      const drainMs = Number(environment.DRAIN_DELAY_MS ?? 0) + Number(environment.DRAIN_BUDGET_MS ?? 0);
      expect(grace === undefined ? drainMs === 0 : Number.parseInt(grace, 10) * 1_000 > drainMs).toBe(true);
    },
  );

  test('every volume, network and secret is used', () => {
    const used = (of: (service: (typeof services)[0][1]) => readonly string[]) =>
      [...new Set(services.flatMap(([, service]) => of(service)))].toSorted();
    const named = used(({ volumes }) => volumes.flatMap((volume) => volume.split(':', 1))).filter(
      (source) => !source.startsWith('./'),
    );
    expect(named).toEqual(Object.keys(composeFile.volumes).toSorted());
    expect(used(({ networks }) => networks)).toEqual(Object.keys(composeFile.networks).toSorted());
    expect(used(({ secrets }) => secrets)).toEqual(Object.keys(composeFile.secrets).toSorted());
  });

  test('only what Compose would interpolate has a dollar sign', () => {
    expect(interpolate(`a: \${X:-b}`, {})).toBe('a: b');
    expect(interpolate(`a: \${X:-b}`, { X: 'c' })).toBe('a: c');
    expect(() => interpolate('a: $HOME', {})).toThrow(`only \${NAME:-otherwise}`);
  });
});
