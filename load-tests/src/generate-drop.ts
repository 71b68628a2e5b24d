import { writeFileSync } from 'node:fs';
import { DROP_SEED, dropFile } from './drop-file.ts';
import { generateDrop } from './scenario/generate-drop.ts';
import { printScenario } from './scenario/print-scenario.ts';

const seed = Number(process.argv[2] ?? DROP_SEED);
if (Number.isSafeInteger(seed)) {
  const drop = generateDrop(seed);
  writeFileSync(dropFile, printScenario(drop));
  console.log(`seed ${seed}: ${drop.steps.length} steps in ${dropFile.pathname}`);
} else {
  console.error('onsale: the seed must be a whole number: generate-drop.ts [seed]');
  process.exitCode = 1;
}
