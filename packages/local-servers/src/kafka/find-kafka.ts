import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cachedFolder } from '../install/cached-folder.ts';
import { ensureProgram } from '../install/ensure-program.ts';
import type { InstallContext } from '../install/install-context.ts';
import { runCommand } from '../processes/run-command.ts';
import { StartError } from '../start-error.ts';

export interface KafkaInstallation {
  java: string;
  /** Holds all jars. */
  jars: string;
}

const pomFile = fileURLToPath(new URL('pom.xml', import.meta.url));
const oldestJava = 17;

/** The major version in the answer to `java -version`: "17.0.15", or "1.8.0" for Java 8. */
export function javaMajor(answer: string): number {
  const [, first = '0', second = '0'] = /version "(\d+)(?:\.(\d+))?/.exec(answer) ?? [];
  return Number(first === '1' ? second : first);
}

async function findJava(context: InstallContext): Promise<string> {
  const java = await ensureProgram({ program: 'java', title: 'Kafka', packages: ['default-jre-headless'] }, context);
  const major = javaMajor(await runCommand(java, ['-version'], { timeoutMs: 20_000, signal: context.signal }));
  if (major < oldestJava) {
    throw new StartError(
      `Kafka: ${java} is Java ${major}; install Java ${oldestJava} or later (package default-jre-headless)`,
    );
  }
  return java;
}

/** The broker's jars, fetched once with Maven in the versions that pom.xml names, and a Java to run them. */
export async function findKafka(context: InstallContext): Promise<KafkaInstallation> {
  const java = await findJava(context);
  const version = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(
    await readFile(pomFile, 'utf8'),
  )?.[1];
  const jars = await cachedFolder(`kafka-${version}`, context, async (folder) => {
    const maven = await ensureProgram({ program: 'mvn', title: 'Kafka', packages: ['maven'] }, context);
    context.report('Kafka: downloading (45 MB)…');
    const args = ['-q', '-B', '-f', pomFile, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
    const { signal, environment } = context;
    await runCommand(maven, [...args, '-DincludeScope=runtime'], { timeoutMs: 300_000, signal, environment });
  });
  return { java, jars };
}
