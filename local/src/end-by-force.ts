import { join } from 'node:path';
import { isAlive, processRecords, sendSignal } from '@onsale/local-servers/processes';
import { type DataFolder, removeReadyFiles } from './data-folder.ts';

/** The folders with the records of processes: of services, and of servers. */
export const recordFolders = (folder: DataFolder): string[] => [folder.processes, join(folder.servers, 'processes')];

/** Kills all that was started for a data folder and is still there, without asking. */
export function endByForce(folder: DataFolder): void {
  for (const records of recordFolders(folder).map(processRecords)) {
    for (const { name, identity } of records.all()) {
      if (isAlive(identity)) sendSignal(identity.pid, 'SIGKILL');
      records.remove(name);
    }
  }
  removeReadyFiles(folder);
}
