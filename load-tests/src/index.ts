export { DROP_SEED, dropFile } from './drop-file.ts';
export { loadScenario } from './load-scenario.ts';
export { SCARCE } from './scenario/scarce.ts';
export { type Scenario, type Step, scenario } from './scenario/scenario.ts';
