import type { Step } from '../step.ts';

export const testRelease: Step = {
  name: 'helm-test',
  shows: 'helm test onsale passes',
  async run({ helm, kubectl, say }) {
    const { stdout } = await helm(['test', 'onsale', '--logs', '--timeout', '3m'], { timeoutMs: 200_000 });
    // Helm leaves the pod for its log, also when the release goes.
    await kubectl(['delete', 'pod', 'onsale-test', '--wait=false']);
    say(stdout.slice(stdout.indexOf('POD LOGS')).trim());
  },
};
