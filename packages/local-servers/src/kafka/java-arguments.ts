import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KafkaInstallation } from './find-kafka.ts';

const logging = fileURLToPath(new URL('log4j2.properties', import.meta.url));

/** A small virtual machine: a broker of a local platform is idle most of the time and must start fast. */
export function javaArguments(installation: KafkaInstallation, temporaryFolder: string): string[] {
  return [
    '-Xms48m',
    '-Xmx192m',
    '-Xss512k',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:-UsePerfData',
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    `-Djava.io.tmpdir=${temporaryFolder}`,
    `-Dlog4j2.configurationFile=${logging}`,
    '-cp',
    join(installation.jars, '*'),
  ];
}
