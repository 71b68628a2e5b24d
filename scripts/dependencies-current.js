// Exits 0 when node_modules holds what package-lock.json asks for. Runs under the system's Node, whatever its age.
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).packages;

const wanted = read('package-lock.json');
const installed = read('node_modules/.package-lock.json');

const matches = ([path, entry]) => {
  const found = installed[path];
  // Packages for other systems are optional and absent here; workspaces appear as links.
  if (!found) return entry.optional === true || !path.includes('node_modules/');
  return found.version === entry.version && found.integrity === entry.integrity;
};

process.exitCode = Object.entries(wanted).every(matches) ? 0 : 1;
