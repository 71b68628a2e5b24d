import { existsSync, readFileSync } from 'node:fs';
import { processRecords } from '@onsale/local-servers/processes';
import { dataFolderOf } from './config.ts';
import { dataFolder } from './data-folder.ts';
import { recordFolders } from './end-by-force.ts';
import { parseMemory, printMemory } from './memory/process-memory.ts';
import { readPlatform } from './platform-record.ts';

const folder = dataFolder(dataFolderOf(process.env));
const running = readPlatform(folder);
if (!running) {
  console.error(`onsale: no platform is ready in ${folder.root}; npm start brings one up`);
  process.exitCode = 1;
} else {
  const services = recordFolders(folder)
    .filter(existsSync)
    .flatMap((records) => processRecords(records).all())
    .map(({ name, identity }) => ({ name, pid: identity.pid }));
  const processes = [{ name: 'the tool itself', pid: running.platform.pid }, ...services];
  console.log(
    printMemory(
      processes.flatMap(({ name, pid }) => {
        const file = `/proc/${pid}/smaps_rollup`;
        return existsSync(file) ? [{ name, ...parseMemory(readFileSync(file, 'utf8')) }] : [];
      }),
    ),
  );
}
