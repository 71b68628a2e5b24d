import { missingPrograms } from './missing-programs.ts';
import { readOptions } from './options.ts';
import { steps } from './steps.ts';
import { testCluster } from './test-cluster.ts';

// The whole platform in a kind cluster, put through what a cluster does to it.

try {
  const names = steps.map(({ name }) => name);
  const options = readOptions(process.argv.slice(2), names);
  if (options.list) {
    for (const { name, shows } of steps) console.log(`${name.padEnd(14)} ${shows}`);
  } else {
    const missing = await missingPrograms();
    if (missing.length > 0) throw new Error(`test:cluster needs what is not here: ${missing.join(', ')}`);
    process.exitCode = await testCluster(steps, options);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
