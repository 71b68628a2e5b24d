import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureTlsFiles, type TlsFiles } from './tls-files.ts';

let folder = '';
let files: TlsFiles;
const now = new Date('2026-03-04T05:06:07Z');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onsale-tls-'));
  files = await ensureTlsFiles(join(folder, 'tls'), now);
});
afterAll(() => rm(folder, { recursive: true }));

describe('TLS files', () => {
  test('the authority signed the server, which is named by address and host', async () => {
    const authority = new X509Certificate(await readFile(files.caFile));
    const server = new X509Certificate(await readFile(files.certificateFile));
    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.validFromDate).toEqual(new Date('2026-03-04T04:06:07Z'));
  });

  test('a client that knows the authority verifies the server', async () => {
    const [key, cert, ca] = await Promise.all(
      [files.keyFile, files.certificateFile, files.caFile].map((f) => readFile(f)),
    );
    if (!key || !cert || !ca) throw new Error('no files');
    const server = createServer({ key, cert }, (socket) => socket.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const client: TLSSocket = connect({ host: '127.0.0.1', port: address.port, ca });
    await once(client, 'secureConnect');
    expect(client.authorized).toBe(true);
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('only the owner may read the key, and a second call keeps it', async () => {
    expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600);
    const before = await readFile(files.keyFile, 'utf8');
    await ensureTlsFiles(join(folder, 'tls'), new Date());
    expect(await readFile(files.keyFile, 'utf8')).toBe(before);
  });
});
