import { readFileSync } from 'node:fs';
import { type Connection, createConnection } from 'mysql2/promise';
import type { DatabaseUser } from './provision-target.ts';

export interface MysqlServer {
  readonly host: string;
  readonly port: number;
  /** PEM file of the authority that signed the server's certificate: turns TLS on. */
  readonly caFile?: string | undefined;
  /** The schema that statements are about, if they are about one. */
  readonly database?: string | undefined;
  /** 5 s unless given. */
  readonly connectTimeoutMs?: number;
}

const usualConnectTimeoutMs = 5_000;

/** A connection of this user. @throws what the driver or the server says */
export async function connectMysql(server: MysqlServer, user: DatabaseUser): Promise<Connection> {
  const { host, port, caFile, database, connectTimeoutMs = usualConnectTimeoutMs } = server;
  const connection = await createConnection({
    host,
    port,
    ...(database === undefined ? {} : { database }),
    user: user.user,
    password: user.password,
    connectTimeout: connectTimeoutMs,
    timezone: 'Z',
    ...(caFile === undefined ? {} : { ssl: { ca: readFileSync(caFile, 'utf8'), verifyIdentity: true } }),
  });
  // One that breaks between two statements must not be an uncaught error; the next statement rejects.
  connection.on('error', () => undefined);
  return connection;
}

const accessDenied = 1045;

/** Whether the server lets the user in. @throws when it does not say */
export async function logsIn(server: MysqlServer, user: DatabaseUser): Promise<boolean> {
  try {
    (await connectMysql(server, user)).destroy();
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === accessDenied) return false;
    throw error;
  }
}
