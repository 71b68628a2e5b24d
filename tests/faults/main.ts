import { holdCampaign } from './campaign/hold-campaign.ts';
import { knownFaults } from './campaign/known-faults.ts';
import { readOptions } from './campaign/options.ts';

// The platform broken on purpose, run after run, and judged by what it promises.

const ending = new AbortController();
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!asked) console.log('\nEnding: what was broken is healed, then everything stops.');
    asked = true;
    ending.abort();
  });
}

try {
  const faults = knownFaults.flat();
  const options = readOptions(
    process.argv.slice(2),
    faults.map(({ name }) => name),
  );
  if (options.list) {
    for (const { name, takesMs } of faults) console.log(`${name.padEnd(48)} at most ${takesMs / 1000} s`);
  } else {
    const passed = await holdCampaign({ faults: knownFaults, options, signal: ending.signal, print: console.log });
    process.exitCode = passed ? 0 : 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
