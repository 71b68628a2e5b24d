import { finish, freePort, startCommand, until } from '@onsale/tests/support';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  /** The value of the first sample of a metric that holds the label; 0 when there is none. */
  metric(name: string, label?: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a service and waits until it is ready; at the given port, or at a free one. */
export async function startProcess(
  service: string,
  { parts, env, port }: { parts: readonly string[]; env: Readonly<Record<string, string>>; port?: number },
): Promise<ServiceProcess> {
  const [httpPort, managementPort] = [port ?? (await freePort()), await freePort()];
  const command = startCommand(`services/${service}/src/main.ts`, ['--parts', parts.join(',')], {
    ...env,
    HTTP_PORT: String(httpPort),
    MANAGEMENT_PORT: String(managementPort),
  });
  const management = `http://127.0.0.1:${managementPort}`;
  await until(
    `${service} to be ready`,
    () =>
      fetch(`${management}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  ).catch((error: unknown) => {
    command.process.kill('SIGKILL');
    throw new Error(command.output(), { cause: error });
  });
  return {
    url: `http://127.0.0.1:${httpPort}`,
    async metric(name, label = '') {
      const text = await fetch(`${management}/metrics`).then((response) => response.text());
      const sample = text.split('\n').find((line) => line.startsWith(`${name}{`) && line.includes(label));
      return sample === undefined ? 0 : Number(sample.split(' ').at(-1));
    },
    async stop() {
      command.process.kill('SIGTERM');
      const { output } = await finish(command, 30_000);
      if (output !== '') console.log(output);
    },
  };
}
