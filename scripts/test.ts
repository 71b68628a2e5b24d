import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { check } from './check.ts';

const jestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
});

/** Runs jest with the arguments of the command line; a suite that could not even load counts as a failed test. */
function runTests(args: readonly string[]): { passed: number; failed: number; skipped: number } {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-test-'));
  const report = join(folder, 'report.json');
  try {
    const jest = spawnSync(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        'node_modules/jest/bin/jest.js',
        '--json',
        `--outputFile=${report}`,
        ...args,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const result = jestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    // Jest can fail as a whole (a global set-up, an open handle) while no test did.
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && jest.status !== 0 ? 1 : failed,
      skipped: result.numPendingTests,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const failedChecks = check();
for (const name of failedChecks) console.log(`failed: ${name}`);
const { passed, failed, skipped } = runTests(process.argv.slice(2));
const allFailed = failed + failedChecks.length;
console.log(`${passed} passed, ${allFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = allFailed === 0 ? 0 : 1;
