import { spawnSync } from 'node:child_process';

const checks: readonly (readonly [string, ...string[]])[] = [
  ['biome', 'check', '--error-on-warnings', '.'],
  ['tsc', '-p', 'tsconfig.json'],
  [
    'depcruise',
    '--config',
    'dependency-cruiser.config.js',
    'packages',
    'services',
    'local',
    'seed',
    'tests',
    'load-tests',
    'operations',
  ],
];

/** Format, lint, types and import rules; returns the names of the checks that failed. */
export function check(): string[] {
  return checks
    .filter(([command, ...args]) => {
      const { status } = spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' });
      return status !== 0;
    })
    .map(([command]) => command);
}

if (import.meta.main) {
  const failed = check();
  console.log(failed.length === 0 ? 'All checks hold.' : `Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
