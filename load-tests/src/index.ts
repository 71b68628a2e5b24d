export { DROP_SEED, dropFile } from './drop-file.ts';
export { loadScenario } from './load-scenario.ts';
export { SCARCE, type Scenario, type Step, scenario } from './scenario/scenario.ts';
