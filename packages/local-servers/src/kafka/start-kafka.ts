import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallContext } from '../install/install-context.ts';
import type { LocalServer } from '../local-servers.ts';
import { allOrAbort } from '../processes/all-or-abort.ts';
import { type ProcessContext, startProcess } from '../processes/local-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { type BrokerLogin, type BrokerPorts, brokerProperties } from './broker-properties.ts';
import { findKafka } from './find-kafka.ts';
import { formatStorage } from './format-storage.ts';
import { javaArguments } from './java-arguments.ts';
import { liveBrokers } from './live-brokers.ts';

export interface KafkaOptions {
  dataFolder: string;
  logFile(name: string): string;
  /** One entry a broker. */
  ports: readonly BrokerPorts[];
  login?: BrokerLogin;
}

/** Starts all brokers of a cluster; resolves when each of them knows all the others to serve. */
export async function startKafka(
  options: KafkaOptions,
  install: InstallContext,
  context: ProcessContext,
): Promise<LocalServer[]> {
  const { ports, login } = options;
  const installation = await findKafka(install);
  context.report(ports.length === 1 ? 'Kafka: starting 1 broker…' : `Kafka: starting ${ports.length} brokers…`);
  // A cluster's size stands in its metadata, so each size has data of its own.
  const folder = join(options.dataFolder, `kafka-of-${ports.length}${login ? '-with-login' : ''}`);
  await formatStorage(folder, ports.length, installation, install.signal, login);

  const startBroker = (own: BrokerPorts, index: number): Promise<LocalServer> => {
    const name = `kafka-${index + 1}`;
    const data = join(folder, String(index + 1));
    const work = join(options.dataFolder, name);
    const temporary = join(work, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const properties = join(work, 'server.properties');
    writeFileSync(properties, brokerProperties(index + 1, ports, data, login), { mode: 0o600 });
    return startProcess(
      {
        name,
        port: own.client,
        command: installation.java,
        args: () => [...javaArguments(installation, temporary), 'kafka.Kafka', properties],
        cwd: work,
        logFile: options.logFile(name),
        answers: async () => {
          const live = await liveBrokers(own.client, 2_000);
          if (!live.includes(index + 1)) throw new Error('the broker has not joined its cluster');
        },
        // The last controllers of a cluster would otherwise look for successors for five seconds.
        dataSettled: () => existsSync(join(data, '.kafka_cleanshutdown')),
        startTimeoutMs: 90_000,
        stopTimeoutMs: 15_000,
      },
      context,
    );
  };
  const brokers = await allOrAbort(ports.map(startBroker), context.giveUp);
  const allKnown = async () => {
    const views = await Promise.all(ports.map(({ client }) => liveBrokers(client, 2_000)));
    if (views.some((live) => live.length < ports.length)) throw new Error('not all brokers know each other');
  };
  await waitUntil('Kafka', allKnown, { timeoutMs: 30_000, signal: context.signal });
  return brokers;
}
