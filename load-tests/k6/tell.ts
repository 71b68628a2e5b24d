import type { Told } from '../src/told/told.ts';

/** Tells who follows the log. k6 runs with `--log-format raw`, so that the line is this and nothing else. */
export function tell(told: Told): void {
  console.log(JSON.stringify(told));
}
