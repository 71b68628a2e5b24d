import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2';
import { watchConnection } from './connection-watch.ts';
import type { DatabaseConfig } from './database-config.ts';
import type { Endpoint } from './endpoint.ts';
import { askServer, type ServerFacts } from './server-facts.ts';

/** Asks a server who it is, on a connection for this alone. @throws when it does not say in the time for a connection */
export async function probeServer(config: DatabaseConfig, { host, port }: Endpoint): Promise<ServerFacts> {
  const timeoutMs = config.DB_CONNECT_TIMEOUT_MS;
  const connection = createConnection({
    host,
    port,
    user: config.DB_USER,
    password: config.DB_PASSWORD,
    connectTimeout: timeoutMs,
    ...(config.DB_CA_FILE === undefined ? {} : { ssl: { ca: readFileSync(config.DB_CA_FILE, 'utf8') } }),
  });
  watchConnection(connection, { statementTimeoutMs: timeoutMs, dooms: () => false });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    return await askServer(connection);
  } finally {
    connection.destroy();
  }
}
