import { describe, expect, it } from '@jest/globals';
import { isOnPath } from '../../../scripts/render/helm.ts';

/**
 * A suite that needs helm, or another program besides it. Where one is not to be had the suite says so in one line and
 * has one statement that holds only there; where it is to be had nothing can leave the suite out.
 */
export function chartSuite(name: string, define: () => void, programs: readonly string[] = ['helm']): void {
  const missing = programs.filter((program) => !isOnPath(program));
  if (missing.length === 0) {
    describe(name, define);
    return;
  }
  const notice = `${name}: left out, since ${missing.join(' and ')} is not on PATH`;
  process.stderr.write(`${notice}\n`);
  it(notice, () => expect(missing.filter(isOnPath)).toEqual([]));
}
