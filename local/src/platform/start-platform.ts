import { mkdirSync, realpathSync } from 'node:fs';
import { type SchemaAccess, StartError } from '@onsale/local-servers';
import { claimDataFolder, processRecords } from '@onsale/local-servers/processes';
import { type SeedTarget, seedPlatform, seedProducts, USER_COUNT } from '@onsale/seed';
import { inventory } from '../../../services/inventory.ts';
import { type DataFolder, dataFolder, removeReadyFiles } from '../data-folder.ts';
import { tokenMinter } from '../mint-tokens.ts';
import type { ServiceProcess } from '../services/service-process.ts';
import { ensureAdminFile } from './admin-file.ts';
import { announce } from './announce.ts';
import { auditEnvironment } from './audit-environment.ts';
import { failoverEnvironment } from './failover-environment.ts';
import { instanceNames } from './instance.ts';
import { operationsEnvironment } from './operations-environment.ts';
import type { Platform, StartPlatform } from './platform.ts';
import { writePorts } from './remembered-ports.ts';
import { type ReservedInstances, reserveInstances } from './reserve-instances.ts';
import { runServices } from './run-services.ts';
import { startBacking } from './start-backing.ts';
import type { Backing } from './topology.ts';

/** Starts servers and services, seeds, and resolves when everything is ready. A failed start stops all it had started. */
export async function startPlatform(options: StartPlatform): Promise<Platform> {
  await using undo = new AsyncDisposableStack();
  const platform = await startInto(undo, options);
  const done = undo.move();
  return { ...platform, stop: () => done.disposeAsync() };
}

function openFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = dataFolder(realpathSync(path));
  for (const inner of [folder.logs, folder.sales]) mkdirSync(inner, { recursive: true });
  return folder;
}

async function reserve(folder: DataFolder, { instances, gateway }: StartPlatform): Promise<ReservedInstances> {
  const names = instanceNames(
    inventory.map(({ name }) => name),
    instances ?? {},
  );
  const reserved = await reserveInstances(names, { gateway, rememberedFile: folder.ports });
  writePorts(folder.ports, reserved.instances);
  return reserved;
}

function addressOf(services: ReadonlyMap<string, readonly ServiceProcess[]>, name: string): string {
  const url = services.get(name)?.[0]?.url;
  if (!url) throw new StartError(`services/inventory.ts names no ${name}`);
  return url;
}

function seedTarget({ mysql, schemas }: Backing): SeedTarget {
  const address = ({ database, app }: SchemaAccess) => ({
    host: '127.0.0.1',
    port: mysql.primaryPort,
    database,
    user: app,
    caFile: mysql.caFile,
  });
  return { auth: address(schemas.auth), commerce: address(schemas.commerce) };
}

async function startInto(undo: AsyncDisposableStack, options: StartPlatform): Promise<Omit<Platform, 'stop'>> {
  const {
    report = () => undefined,
    signal = new AbortController().signal,
    serverPorts,
    advertisedBrokerPorts,
  } = options;
  const folder = openFolder(options.dataFolder);
  const records = processRecords(folder.processes);
  undo.defer(await claimDataFolder(folder.root, records, report));
  removeReadyFiles(folder);
  const { instances, release } = await reserve(folder, options);
  undo.defer(release);

  const { servers, mysql, backing, auditor } = await startBacking({
    folder,
    signal,
    report,
    ...(serverPorts && { ports: serverPorts }),
    ...(advertisedBrokerPorts && { advertisedBrokerPorts }),
  });
  undo.defer(() => servers.stop());

  report('starting the services');
  const services = await runServices(undo, {
    instances,
    backing,
    logs: folder.logs,
    environment: options.serviceEnvironment ?? {},
    overrides: options.env ?? {},
    supervision: { records, signal, report, gaveUp: options.onGaveUp ?? (() => undefined) },
  });

  report('looking after the seed');
  const admin = ensureAdminFile(folder.admin);
  const plan = { products: seedProducts().length, users: USER_COUNT, ...options.seed, admin };
  const added = await seedPlatform(seedTarget(backing), plan, new Date());
  if (added.products + added.users > 0) report(`seeded ${added.products} products and ${added.users} users`);
  await mysql.waitForReplica();
  signal.throwIfAborted();

  const url = addressOf(services, 'gateway');
  const ready = { url, admin };
  const audit = auditEnvironment({ backing, auditor, dataPlatformUrl: addressOf(services, 'data-platform') });
  undo.defer(() => removeReadyFiles(folder));
  const failover = failoverEnvironment(mysql, backing);
  announce(folder, { ready, services, audit, operations: operationsEnvironment(backing), failover });
  return {
    url,
    ready,
    servers,
    services: Object.fromEntries(services),
    schemas: backing.schemas,
    signingKeysFile: folder.signingKeys,
    audit,
    mintToken: tokenMinter(folder.signingKeys),
  };
}
