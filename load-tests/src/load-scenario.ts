import { readFileSync } from 'node:fs';
import { type Scenario, scenario } from './scenario/scenario.ts';

/** Reads and checks a scenario; rejects what is not one. */
export function loadScenario(file: URL): Scenario {
  return scenario.parse(JSON.parse(readFileSync(file, 'utf8')));
}
