import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where things are in a data folder. */
export interface DataFolder {
  readonly root: string;
  readonly servers: string;
  readonly logs: string;
  readonly processes: string;
  readonly signingKeys: string;
  readonly admin: string;
  readonly dataPlatformKey: string;
  readonly ports: string;
  readonly ready: string;
  readonly platform: string;
  readonly audit: string;
  readonly operations: string;
  readonly failover: string;
  readonly sales: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    servers: join(root, 'servers'),
    logs: join(root, 'logs'),
    processes: join(root, 'processes'),
    signingKeys: join(root, 'signing-keys.json'),
    admin: join(root, 'admin.json'),
    dataPlatformKey: join(root, 'data-platform-key.json'),
    ports: join(root, 'ports.json'),
    ready: join(root, 'ready.json'),
    platform: join(root, 'platform.json'),
    audit: join(root, 'audit.env.json'),
    operations: join(root, 'operations.env.json'),
    failover: join(root, 'failover.env.json'),
    sales: join(root, 'sales'),
  };
}

/** Writes JSON that only this user may read, all of it or nothing. */
export function writePrivateJson(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  // The mode above counts only for a file that is new.
  chmodSync(partial, 0o600);
  renameSync(partial, file);
}

/** Takes away what says that a platform is ready here. */
export function removeReadyFiles({ ready, platform, audit, operations, failover }: DataFolder): void {
  for (const file of [ready, platform, audit, operations, failover]) rmSync(file, { force: true });
}
