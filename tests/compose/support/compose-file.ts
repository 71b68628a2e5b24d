import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { inCheckout } from './in-checkout.ts';
import { interpolate } from './interpolate.ts';

const list = z.array(z.string()).default([]);
const seconds = z.string().regex(/^\d+s$/, 'must be whole seconds, such as 15s');
const memory = z.string().regex(/^\d+m$/, 'must be whole mebibytes, such as 448m');

const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: seconds,
  timeout: seconds,
  retries: z.int().positive(),
});

const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string() }).optional(),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: list,
  volumes: list,
  tmpfs: list,
  networks: list,
  ports: list,
  profiles: list,
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .default({}),
  healthcheck: healthcheck.optional(),
  restart: z.enum(['unless-stopped', 'on-failure:5']).optional(),
  stop_grace_period: seconds.optional(),
  stop_signal: z.string().optional(),
  mem_limit: memory.optional(),
  pids_limit: z.int().optional(),
  read_only: z.boolean().optional(),
  cap_drop: list,
  security_opt: list,
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
});

const parts = {
  name: z.string(),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
};

const file = z
  .looseObject(parts)
  .refine((whole) => Object.keys(whole).every((key) => key in parts || /^x-/.test(key)), {
    error: 'only what Compose knows, and x- blocks, may stand at the top',
  });

export type ComposeService = z.output<typeof service>;
export type ComposeFile = z.output<typeof file>;

/**
 * compose.yaml as Compose reads it when no variable of its own is set.
 * @throws ZodError for anything that is not among the parts of the format that are used
 */
export const composeFile: ComposeFile = file.parse(
  interpolate(parse(readFileSync(inCheckout('compose.yaml'), 'utf8'), { merge: true, maxAliasCount: 1_000 }), {}),
);
