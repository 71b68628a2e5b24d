import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** The full path of a program, or undefined when it is in none of the folders. */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
