import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from './start-test-service.ts';

const main = new URL('./test-main.ts', import.meta.url).pathname;
const preload = new URL('../../telemetry/register.ts', import.meta.url).pathname;

export interface TestProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** The lines it logged. */
  lines(): Record<string, unknown>[];
  /** Where it serves, once it does. */
  url(): Promise<string>;
}

/** Starts the test service in a process of its own, with the preload. */
export function spawnTestMain(env: Record<string, string> = {}, args: readonly string[] = []): TestProcess {
  const inherited = { PATH: process.env.PATH ?? '' };
  const child = spawn(process.execPath, ['--import', preload, main, ...args], { env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = () =>
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const url = async () => {
    const started = () => lines().find(({ msg }) => msg === 'started');
    await eventually(() => started() !== undefined, 20_000);
    return String(started()?.url);
  };
  return { child, exited, stdout: () => stdout, stderr: () => stderr, lines, url };
}
