import { type FreshSchema, type RunningCommand, until } from '@onsale/tests/support';

/** The two relay processes of the test, of which one leads. */
export interface Relays {
  /** How often the leader's connection was killed, and how many processes were. */
  readonly connectionsKilled: number;
  readonly processesKilled: number;
  /** Kills the leader's connection on the primary and waits until another connection leads. */
  killConnection(): Promise<void>;
  /** Kills both processes (-9), the one that leads among them, and starts two others. */
  killProcesses(): Promise<void>;
  /** What all of them printed. */
  output(): string;
  stop(): Promise<void>;
}

export async function startRelays(schema: FreshSchema, start: () => RunningCommand): Promise<Relays> {
  let processes = [start(), start()];
  const all = [...processes];
  let connectionsKilled = 0;
  let processesKilled = 0;

  const holder = async (): Promise<number | undefined> => {
    const [rows] = await schema.admin.query('SELECT IS_USED_LOCK(?) AS holder', [`relay:${schema.name}`]);
    const id: unknown = Array.isArray(rows) ? Reflect.get(rows[0] ?? {}, 'holder') : undefined;
    return typeof id === 'number' ? id : undefined;
  };
  const leads = (other?: number) =>
    until(
      'a relay to lead',
      async () => {
        if (processes.some(({ process }) => process.exitCode !== null)) throw new Error('a relay ended by itself');
        const id = await holder();
        return id !== undefined && id !== other && id;
      },
      60_000,
    ).catch((error: unknown) => {
      throw new Error(processes.map((each) => each.output()).join('\n'), { cause: error });
    });

  await leads();
  return {
    get connectionsKilled() {
      return connectionsKilled;
    },
    get processesKilled() {
      return processesKilled;
    },
    async killConnection() {
      const id = await leads();
      await schema.admin.query('KILL ?', [id]);
      connectionsKilled += 1;
      await leads(id);
    },
    async killProcesses() {
      const before = await leads();
      const killed = processes;
      for (const each of killed) each.process.kill('SIGKILL');
      for (const each of killed) {
        if ((await each.ended) !== null) throw new Error(`a relay had ended by itself:\n${each.output()}`);
        processesKilled += 1;
      }
      processes = [start(), start()];
      all.push(...processes);
      await leads(before);
    },
    output: () => all.map((each) => each.output()).join('\n'),
    async stop() {
      for (const each of processes) each.process.kill('SIGTERM');
      await Promise.all(processes.map(({ ended }) => ended));
    },
  };
}
