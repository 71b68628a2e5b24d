import type { Cluster } from '../cluster.ts';
import type { Step } from '../step.ts';
import { CommandFailed } from '../tools/execute.ts';

interface WrongValues {
  readonly what: string;
  readonly set: readonly string[];
  /** What the sentence must speak of. */
  readonly names: RegExp;
}

const external = ['mysql.bundled=none', 'mysql.external.primary.host=db.example.com'];
const mistakes: readonly WrongValues[] = [
  { what: 'a typo', set: ['gatway.trustedHops=1'], names: /gatway/ },
  { what: 'a typo deep inside', set: ['services.order.api.replcas=2'], names: /replcas/ },
  { what: 'a value of the wrong kind', set: ['seed.demo=perhaps'], names: /demo/ },
  { what: 'an external server without its Secret', set: external, names: /mysql\..*[sS]ecret/ },
  { what: 'an external server without its host', set: ['mysql.bundled=none'], names: /mysql\.external\.primary\.host/ },
  { what: 'bundled and external both', set: ['redis.external.lock.host=redis.example.com'], names: /redis\.bundled/ },
];

async function refused({ helm, say }: Cluster, { what, set, names }: WrongValues): Promise<void> {
  const error = await helm(['install', 'wrong', 'charts/onsale', '--set', set.join(',')]).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CommandFailed)) {
    await helm(['uninstall', 'wrong', '--wait'], { timeoutMs: 120_000 });
    throw new Error(`helm installed ${what}: ${set.join(',')}`);
  }
  const { stderr } = error.executed;
  const said = stderr.slice(stderr.indexOf('Error:'));
  const sentences = said.split('\n').filter((line) => names.test(line));
  if (sentences.length !== 1) throw new Error(`${what} is not refused in one sentence that names it: ${said}`);
  say(`${what}: ${sentences[0]?.trim()}`);
}

export const refuseWrongValues: Step = {
  name: 'wrong-values',
  shows: 'a wrong value fails at helm install with one sentence, and nothing is left of it',
  async run(cluster) {
    for (const mistake of mistakes) await refused(cluster, mistake);
    const left = await cluster.helm(['list', '--all', '--short', '--filter', '^wrong$']);
    if (left.stdout.trim() !== '') throw new Error('a refused release is still listed');
  },
};
