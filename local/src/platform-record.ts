import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DataFolder } from './data-folder.ts';

const ready = z.object({ url: z.url(), admin: z.object({ email: z.string(), password: z.string() }) });

const platform = z.object({
  pid: z.int(),
  services: z.record(z.string(), z.array(z.object({ name: z.string(), url: z.url(), managementUrl: z.url() }))),
  signingKeysFile: z.string(),
});

/** What scripts and people need: written when everything is ready, removed when it stops. */
export type Ready = z.infer<typeof ready>;

/** What this repository's own tools need beside it. */
export type PlatformRecord = z.infer<typeof platform>;

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** The platform that runs in a data folder, or undefined when none is ready there. */
export function readPlatform(folder: DataFolder): { ready: Ready; platform: PlatformRecord } | undefined {
  const found = { ready: read(folder.ready, ready), platform: read(folder.platform, platform) };
  return found.ready && found.platform ? { ready: found.ready, platform: found.platform } : undefined;
}
