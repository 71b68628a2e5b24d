import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../processes/run-command.ts';
import { type BrokerLogin, brokerProperties } from './broker-properties.ts';
import type { KafkaInstallation } from './find-kafka.ts';
import { javaArguments } from './java-arguments.ts';

/** Kafka's form of a UUID; one that began with a dash would be taken for an option. */
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}

/**
 * Makes the data folders `<folder>/1` … `<folder>/<nodes>` of a new cluster. Kafka's own tool formats the first; the
 * others hold the same but for their number, which spares starting it for each.
 */
export async function formatStorage(
  folder: string,
  nodes: number,
  installation: KafkaInstallation,
  signal: AbortSignal,
  login?: Pick<BrokerLogin, 'user' | 'password'>,
): Promise<void> {
  if (existsSync(folder)) return;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const first = join(partial, '1');
  const properties = join(partial, 'format.properties');
  const anyPorts = Array.from({ length: nodes }, (_, index) => ({ client: 1 + index, controller: 101 + index }));
  await writeFile(properties, brokerProperties(1, anyPorts, first));
  const clusterId = newClusterId();
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', properties];
  const scram = login
    ? ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${login.user},password="${login.password}"]`,
      ])
    : [];
  const limits = { timeoutMs: 60_000, signal };
  await runCommand(installation.java, [...javaArguments(installation, partial), ...tool, ...scram], limits);
  const meta = await readFile(join(first, 'meta.properties'), 'utf8');
  for (let node = 2; node <= nodes; node++) {
    const other = join(partial, String(node));
    await mkdir(other);
    await copyFile(join(first, 'bootstrap.checkpoint'), join(other, 'bootstrap.checkpoint'));
    // Without a directory id the broker gives itself one.
    const own = meta.replace(/^node\.id=.*$/m, `node.id=${node}`).replace(/^directory\.id=.*\n/m, '');
    await writeFile(join(other, 'meta.properties'), own);
  }
  await rm(properties);
  await rename(partial, folder);
}
