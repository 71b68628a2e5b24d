import type { Scenario } from './scenario.ts';

/** The scenario as its file holds it: JSON with one step a line, so that a difference can be read. */
export function printScenario({ steps, ...head }: Scenario): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)}`);
  return `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "steps": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
