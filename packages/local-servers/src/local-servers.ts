/** One native server process. Its port and data outlive the process, so that it can be killed and brought back. */
export interface LocalServer {
  readonly name: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The running process, or undefined while it is down. */
  readonly pid: number | undefined;
  /** Ends it as a crash would (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
  /** Freezes it (SIGSTOP): connections stay open and nothing answers. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Starts it again on the same port and data, stopping it first if it runs; resolves when it answers. */
  restart(): Promise<void>;
  /** Asks it to end, and kills it when it has not in time. */
  stop(): Promise<void>;
}

export interface DatabaseUser {
  readonly user: string;
  readonly password: string;
}

export interface SchemaAccess {
  readonly database: string;
  /** Reads and writes rows of this schema, and may see the replication status; nothing else. */
  readonly app: DatabaseUser;
  /** Changes the tables of this schema too. */
  readonly migration: DatabaseUser;
}

export type Row = Record<string, unknown>;

export interface MysqlPair {
  /** The server that the primary file named when the servers were started. */
  readonly primary: LocalServer;
  readonly replica?: LocalServer;
  /** PEM of the authority that signed the servers' certificates; they carry 127.0.0.1 and localhost. */
  readonly caFile: string;
  /** The one place that says who is primary: it holds the name of a server. A server named elsewhere stays read-only. */
  readonly primaryFile: string;
  readonly admin: DatabaseUser;
  /** Creates the database and its two users; doing it again changes nothing. Name: a-z, 0-9 and _, at most 23 characters. */
  provisionSchema(name: string): Promise<SchemaAccess>;
  /** Creates a user who may only read these schemas (and the replication status). */
  provisionReader(user: string, schemas: readonly string[]): Promise<DatabaseUser>;
  /** Runs one statement as admin on the primary. A statement that returns no rows gives []. */
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same on the replica. */
  replicaQuery(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Stops both replication threads; the primary goes on without acknowledgement after a second. */
  stopReplication(): Promise<void>;
  startReplication(): Promise<void>;
  /** The replica applies everything this many seconds late (0 = at once). */
  setReplicaDelay(seconds: number): Promise<void>;
  /** Resolves when the replica has applied all that the primary had committed at the call. */
  waitForReplica(timeoutMs?: number): Promise<void>;
}

export interface LoginPorts {
  readonly plain: readonly string[];
  readonly tls: readonly string[];
  /** PEM of the authority that signed the brokers' certificate. */
  readonly caFile: string;
}

export interface LocalServers {
  readonly mysql?: MysqlPair;
  /** The first Redis. */
  readonly redis?: LocalServer;
  /** All of them, independent of each other. */
  readonly redisInstances: readonly LocalServer[];
  /** `bootstrap`: the ports that the brokers themselves listen on, whatever ports they advertise. */
  readonly kafka?: {
    readonly brokers: readonly LocalServer[];
    readonly bootstrap: readonly string[];
    /** Where a login is asked for, in the clear and over TLS. */
    readonly login?: LoginPorts;
  };
  stop(): Promise<void>;
}
