import { connectMysql, type DatabaseUser } from '@onsale/platform/provisioning';
import { z } from 'zod';
import { CommandError } from '../../command-line/command-error.ts';
import type { Following, ServerState } from './server-state.ts';

export interface ServerAddress {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface ServerAccess {
  readonly user: DatabaseUser;
  readonly caFile: string | undefined;
}

/** One server of the topology. Every call has a connection of its own. @throws CommandError when it does not answer */
export interface FailoverServer {
  readonly name: string;
  state(): Promise<ServerState>;
  /** Whether the first GTID set is all in the second. */
  contains(part: string, whole: string): Promise<boolean>;
  /** What of the first GTID set is not in the second. */
  lacking(part: string, whole: string): Promise<string>;
  stopReceiving(): Promise<void>;
  startReceiving(): Promise<void>;
  applyAtOnce(): Promise<void>;
  /** Whether it has applied these transactions within so many seconds. */
  applies(gtids: string, withinSeconds: number): Promise<boolean>;
  followNobody(): Promise<void>;
  setWritable(writable: boolean): Promise<void>;
}

const connectTimeoutMs = 2_000;
const statementTimeoutMs = 5_000;
/** Taking a server's writes away waits for the commits under way. */
const changeTimeoutMs = 30_000;

const serverRow = z.object({ readOnly: z.int(), executed: z.string() });

const replicaRow = z.looseObject({
  Source_UUID: z.string(),
  Replica_IO_Running: z.string(),
  Retrieved_Gtid_Set: z.string(),
  Executed_Gtid_Set: z.string(),
  SQL_Delay: z.int(),
  Last_SQL_Error: z.string(),
});

const plain = (gtids: string): string => gtids.replaceAll(/\s/g, '');

export function failoverServer({ name, host, port }: ServerAddress, { user, caFile }: ServerAccess): FailoverServer {
  const told = (error: unknown): never => {
    // The error of several addresses that were tried has no message of its own.
    const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    throw new CommandError(`${name}: ${why}`, { cause: error });
  };
  const run = async (statements: readonly [sql: string, ...values: unknown[]][], timeout: number) => {
    const connection = await connectMysql({ host, port, caFile, connectTimeoutMs }, user).catch(told);
    try {
      const answers: unknown[] = [];
      for (const [sql, ...values] of statements) {
        const [rows] = await connection.query({ sql, values, timeout });
        answers.push(Array.isArray(rows) ? rows[0] : undefined);
      }
      return answers;
    } catch (error) {
      return told(error);
    } finally {
      connection.destroy();
    }
  };
  const change = async (...statements: string[]) => {
    await run(
      statements.map((sql) => [sql]),
      changeTimeoutMs,
    );
  };
  const value = async <T>(
    schema: z.ZodType<T>,
    sql: string,
    values: readonly unknown[],
    timeout = statementTimeoutMs,
  ) => {
    const [row] = await run([[sql, ...values]], timeout);
    return z.object({ value: schema }).parse(row).value;
  };

  return {
    name,
    async state() {
      const [server, replica] = await run(
        [
          ['SELECT @@GLOBAL.read_only OR @@GLOBAL.super_read_only AS readOnly, @@GLOBAL.gtid_executed AS executed'],
          ['SHOW REPLICA STATUS'],
        ],
        statementTimeoutMs,
      );
      const { readOnly, executed } = serverRow.parse(server);
      return {
        writable: readOnly === 0,
        executed: plain(executed),
        following: replica === undefined ? undefined : followingOf(replicaRow.parse(replica)),
      };
    },
    contains: async (part, whole) => (await value(z.int(), 'SELECT GTID_SUBSET(?, ?) AS value', [part, whole])) === 1,
    lacking: async (part, whole) =>
      plain(await value(z.string(), 'SELECT GTID_SUBTRACT(?, ?) AS value', [part, whole])),
    stopReceiving: () => change('STOP REPLICA IO_THREAD'),
    startReceiving: () => change('START REPLICA IO_THREAD'),
    applyAtOnce: () =>
      change('STOP REPLICA SQL_THREAD', 'CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0', 'START REPLICA SQL_THREAD'),
    async applies(gtids, withinSeconds) {
      await change('START REPLICA SQL_THREAD');
      const sql = 'SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?) AS value';
      return (await value(z.int(), sql, [gtids, withinSeconds], withinSeconds * 1000 + statementTimeoutMs)) === 0;
    },
    followNobody: () => change('STOP REPLICA', 'RESET REPLICA ALL'),
    setWritable: (writable) =>
      change(writable ? 'SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF' : 'SET GLOBAL super_read_only = ON'),
  };
}

function followingOf(row: z.output<typeof replicaRow>): Following {
  return {
    hears: row.Replica_IO_Running === 'Yes',
    sourceUuid: row.Source_UUID.toLowerCase(),
    received: [row.Retrieved_Gtid_Set, row.Executed_Gtid_Set].map(plain).filter(Boolean).join(','),
    delaySeconds: row.SQL_Delay,
    error: row.Last_SQL_Error,
  };
}
