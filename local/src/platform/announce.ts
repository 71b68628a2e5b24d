import { type DataFolder, writePrivateJson } from '../data-folder.ts';
import type { PlatformRecord, Ready } from '../platform-record.ts';
import type { ServiceProcess } from '../services/service-process.ts';
import type { Operations } from './operations-environment.ts';
import type { Environment } from './topology.ts';

export interface Announcement {
  readonly ready: Ready;
  readonly services: ReadonlyMap<string, readonly ServiceProcess[]>;
  readonly audit: Environment;
  readonly operations: Operations;
  readonly failover: Environment;
}

/** Writes the files that say what runs here; the one that says "ready" comes last. */
export function announce(folder: DataFolder, { ready, services, audit, operations, failover }: Announcement): void {
  const addresses = [...services].map(([service, processes]) => [
    service,
    processes.map(({ name, url, managementUrl }) => ({ name, url, managementUrl })),
  ]);
  const record: PlatformRecord = {
    pid: process.pid,
    services: Object.fromEntries(addresses),
    signingKeysFile: folder.signingKeys,
  };
  writePrivateJson(folder.audit, { env: audit });
  writePrivateJson(folder.operations, operations);
  writePrivateJson(folder.failover, { env: failover });
  writePrivateJson(folder.platform, record);
  writePrivateJson(folder.ready, ready);
}
