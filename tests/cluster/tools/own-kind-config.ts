import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Cluster, checkout } from '../cluster.ts';

const config = z.looseObject({
  nodes: z.array(z.looseObject({ extraPortMappings: z.unknown().optional() })),
});

/** Writes the project's kind configuration without its fixed ports, to run beside a cluster that has them. */
export function ownKindConfig({ folder }: Cluster): string {
  const { nodes, ...rest } = config.parse(parse(readFileSync(join(checkout, 'kind-config.yaml'), 'utf8')));
  const withoutPorts = nodes.map(({ extraPortMappings, ...node }) => node);
  const file = join(folder, 'kind-config.yaml');
  writeFileSync(file, stringify({ ...rest, nodes: withoutPorts }));
  return file;
}
