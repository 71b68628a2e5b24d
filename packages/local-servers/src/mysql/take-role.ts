import type { TlsFiles } from '../tls/tls-files.ts';
import type { PasswordOf } from './passwords.ts';
import { readPrimary } from './primary-file.ts';
import { followNobody, followPrimary, type PairMember, resumeReplication } from './replication.ts';

export interface TakeRole {
  readonly self: PairMember;
  readonly other: PairMember | undefined;
  /** Holds everything of this server. */
  readonly folder: string;
  readonly primaryFile: string;
  readonly passwordOf: PasswordOf;
  readonly tls: TlsFiles;
  readonly report: (line: string) => void;
}

/**
 * Makes a server that has just started what the primary file says: writable, or a replica of the one that is named. It
 * stays read-only and follows nobody while the other does not answer, and when it has what the other never received.
 */
export async function takeRole(options: TakeRole): Promise<'primary' | 'replica'> {
  const { self, other, primaryFile, passwordOf, folder, report } = options;
  if (readPrimary(primaryFile) === self.name) {
    await followNobody(self.client);
    await self.client.query('SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF');
    return 'primary';
  }
  if (other === undefined || (await resumeReplication(self.client, other.port))) return 'replica';
  try {
    await followPrimary(self, other, { caFile: options.tls.caFile, passwordOf, folder });
  } catch (error) {
    report(`${self.name} is read-only and follows nobody: ${error instanceof Error ? error.message : String(error)}`);
  }
  return 'replica';
}
