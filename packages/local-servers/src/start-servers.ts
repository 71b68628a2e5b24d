import { mkdirSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, installEnvironment, searchPath } from './config.ts';
import { claimDataFolder } from './data-folder.ts';
import type { InstallContext } from './install/install-context.ts';
import { advertise } from './kafka/advertise.ts';
import { loginPorts, openLogin } from './kafka/broker-login.ts';
import { startKafka } from './kafka/start-kafka.ts';
import type { LocalServer, LocalServers } from './local-servers.ts';
import { startMysqlPair } from './mysql/start-mysql-pair.ts';
import { reserveServerPorts } from './ports/server-ports.ts';
import { allOrAbort } from './processes/all-or-abort.ts';
import type { ProcessContext } from './processes/local-process.ts';
import { processRecords } from './processes/process-records.ts';
import { startRedis } from './redis/start-redis.ts';
import type { StartOptions } from './start-options.ts';

interface Resources {
  ending: AbortController;
  servers: LocalServer[];
  releases: (() => Promise<void>)[];
}

async function stopAll(resources: Resources): Promise<void> {
  resources.ending.abort();
  const stopped = await Promise.allSettled(resources.servers.map((server) => server.stop()));
  for (const release of resources.releases.toReversed()) await release();
  const failed = stopped.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function startInto(
  resources: Resources,
  options: StartOptions,
  dataFolder: string,
  abort: AbortController,
): Promise<Omit<LocalServers, 'stop'>> {
  const { mysql, redis, kafka, report = () => undefined } = options;
  const records = processRecords(join(dataFolder, 'processes'));
  resources.releases.push(await claimDataFolder(dataFolder, records, report));
  const ports = await reserveServerPorts(dataFolder, {
    mysql,
    redis: typeof redis === 'object' ? redis.instances : Number(redis ?? false),
    brokers: kafka?.brokers ?? 0,
    betweenBrokers: kafka?.advertisedPorts !== undefined,
    brokerLogin: kafka?.login !== undefined,
    fixed: options.ports ?? {},
  });
  resources.releases.push(ports.release);

  mkdirSync(join(dataFolder, 'logs'), { recursive: true });
  const folder = { dataFolder, logFile: (name: string) => join(dataFolder, 'logs', `${name}.log`) };
  const install: InstallContext = {
    cacheFolder: cacheFolder(),
    searchPath: searchPath(),
    environment: installEnvironment(),
    isRoot: process.getuid?.() === 0,
    signal: abort.signal,
    report,
  };
  const context: ProcessContext = {
    records,
    signal: abort.signal,
    ending: resources.ending.signal,
    report,
    started: (server) => resources.servers.push(server),
    giveUp: (reason) => abort.abort(reason),
  };
  const durability = mysql?.durability ?? 'full';
  const login = kafka?.login && (await openLogin(dataFolder, kafka.login));
  const brokerPorts = advertise(ports.brokers, kafka?.advertisedPorts);
  const [pair, redisInstances, brokers] = await allOrAbort(
    [
      ports.mysql && startMysqlPair({ ...folder, ports: ports.mysql, durability }, install, context),
      startRedis({ ...folder, ports: ports.redis }, install, context),
      brokerPorts.length > 0
        ? startKafka({ ...folder, ports: brokerPorts, ...(login && { login }) }, install, context)
        : undefined,
    ],
    context.giveUp,
  );
  const [firstRedis] = redisInstances;
  return {
    ...(pair ? { mysql: pair } : {}),
    ...(firstRedis ? { redis: firstRedis } : {}),
    redisInstances,
    ...(brokers && {
      kafka: {
        brokers,
        bootstrap: brokers.map(({ host, port }) => `${host}:${port}`),
        ...(login && { login: loginPorts(brokerPorts, login) }),
      },
    }),
  };
}

/**
 * Starts the asked-for servers on this machine, at once, installing what is missing. What an earlier tool left running in
 * this data folder is ended first. A failed start stops all it had started.
 * Throws a StartError with one line for the user when something must be installed, is in use, or does not start.
 */
export async function startServers(options: StartOptions): Promise<LocalServers> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(options.dataFolder);
  const resources: Resources = { ending: new AbortController(), servers: [], releases: [] };
  // The caller's signal ends the start alone: servers that run may be restarted long after it aborted.
  const abort = new AbortController();
  const giveUp = () => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) giveUp();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    abort.signal.throwIfAborted();
    const servers = await startInto(resources, options, dataFolder, abort);
    abort.signal.throwIfAborted();
    return { ...servers, stop: () => stopAll(resources) };
  } catch (error) {
    await stopAll(resources);
    // What failed first, not what was cut short because of it.
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}
