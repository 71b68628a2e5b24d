import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoginPorts } from '../local-servers.ts';
import { ensureTlsFiles } from '../tls/tls-files.ts';
import type { BrokerLogin, BrokerPorts } from './broker-properties.ts';

export interface OpenedLogin extends BrokerLogin {
  caFile: string;
}

/** The user with the certificate of this data folder, in the one file that a broker wants it in. */
export async function openLogin(
  dataFolder: string,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<OpenedLogin> {
  const { caFile, keyFile, certificateFile } = await ensureTlsFiles(join(dataFolder, 'tls'), new Date());
  const both = join(dataFolder, 'kafka-key-and-certificate.pem');
  await writeFile(both, `${await readFile(keyFile, 'utf8')}${await readFile(certificateFile, 'utf8')}`, {
    mode: 0o600,
  });
  return { user, password, keyFile: both, caFile };
}

/** Where the brokers ask for the login. */
export function loginPorts(brokers: readonly BrokerPorts[], { caFile }: OpenedLogin): LoginPorts {
  const ports = (kind: 'plain' | 'tls') =>
    brokers.flatMap(({ login }) => (login === undefined ? [] : [`127.0.0.1:${login[kind]}`]));
  return { plain: ports('plain'), tls: ports('tls'), caFile };
}
