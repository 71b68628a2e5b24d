import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivateJson } from '../data-folder.ts';
import type { Instance } from './instance.ts';

const schema = z.record(z.string(), z.int());

/** The ports of the last start, by name; a file that is damaged only costs the memory. */
export function readPorts(file: string): ReadonlyMap<string, number> {
  if (!existsSync(file)) return new Map();
  try {
    return new Map(Object.entries(schema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch {
    return new Map();
  }
}

export function writePorts(file: string, instances: readonly Instance[]): void {
  const ports = instances.flatMap(({ name, port, managementPort }) => [
    [name, port],
    [`${name} management`, managementPort],
  ]);
  writePrivateJson(file, Object.fromEntries(ports));
}
