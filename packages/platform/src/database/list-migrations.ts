import { readdir } from 'node:fs/promises';
import type { Migrations } from './migrations.ts';

/** A migration's file and the name it is recorded under. */
export interface MigrationFile {
  readonly name: string;
  readonly url: URL;
}

const fileName = /^\d{4}-[a-z0-9-]+\.ts$/;

/** The platform's own tables, in every schema that services share. */
export const platformMigrations: Migrations = {
  owner: 'platform',
  directory: new URL('../../migrations/', import.meta.url),
};

/** An owner's migrations in the order of their numbers. */
export async function listMigrations({ owner, directory }: Migrations): Promise<MigrationFile[]> {
  const files = (await readdir(directory)).filter((file) => fileName.test(file)).sort();
  return files.map((file) => ({ name: `${owner}/${file.replace(/\.ts$/, '')}`, url: new URL(file, directory) }));
}
