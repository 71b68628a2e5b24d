import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCertificate } from './certificate.ts';

export interface TlsFiles {
  caFile: string;
  certificateFile: string;
  keyFile: string;
}

const tenYearsMs = 3650 * 24 * 3_600_000;

/** An authority and one server certificate for this machine, made once per data folder. The authority's key is not kept. */
export async function ensureTlsFiles(folder: string, now: Date): Promise<TlsFiles> {
  const files = {
    caFile: join(folder, 'ca.pem'),
    certificateFile: join(folder, 'server.pem'),
    keyFile: join(folder, 'server-key.pem'),
  };
  if (existsSync(folder)) return files;
  const authority = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const shared = {
    issuer: { commonName: 'Onsale local authority', privateKey: authority.privateKey },
    notBefore: new Date(now.getTime() - 3_600_000),
    notAfter: new Date(now.getTime() + tenYearsMs),
  };
  const ca = issueCertificate({
    ...shared,
    commonName: 'Onsale local authority',
    publicKey: authority.publicKey,
    use: { kind: 'authority' },
  });
  const certificate = issueCertificate({
    ...shared,
    commonName: 'Onsale local server',
    publicKey: server.publicKey,
    use: { kind: 'server', dnsNames: ['localhost'], ipv4: ['127.0.0.1'] },
  });
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await writeFile(join(partial, 'ca.pem'), ca);
  await writeFile(join(partial, 'server.pem'), certificate);
  await writeFile(join(partial, 'server-key.pem'), server.privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  await rename(partial, folder);
  return files;
}
