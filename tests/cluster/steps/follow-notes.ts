import { createServer } from 'node:net';
import { commandsInNotes } from '../shop/commands-in-notes.ts';
import type { Step } from '../step.ts';

const gatewayPort = 8080;

/** The notes use this port of this machine; another server there would answer in the shop's place. */
async function portIsFree(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error(`port ${gatewayPort} of this machine is taken; the notes need it`)));
    server.listen(gatewayPort, '127.0.0.1', resolve);
  });
  await new Promise((closed) => server.close(closed));
}

export const followNotes: Step = {
  name: 'notes',
  shows: 'the commands of the release notes, pasted as they are, end in an order that was read back, and a clean audit',
  async run(cluster) {
    await portIsFree();
    const pasted = async (release: string) => commandsInNotes((await cluster.helm(['get', 'notes', release])).stdout);
    // What removes the data comes when the releases are gone.
    const data = (await pasted('data')).split('\n').filter((line) => !line.includes(' delete '));
    const shop = await pasted('onsale');
    if (shop === '' || data.length === 0) throw new Error('a release has notes without commands');
    const commands = [...data, shop].join('\n');
    const endThePortForward = "trap 'kill $(jobs -p) 2>/dev/null' EXIT";
    const script = ['set -euo pipefail', endThePortForward, commands].join('\n');
    const { stdout } = await cluster.run('bash', ['-c', script], { timeoutMs: 420_000 });
    if (!/"status":"COMPLETED"/.test(stdout)) throw new Error(`no order was completed:\n${stdout}`);
    const problem = /"code":"[a-z-]+"/.exec(stdout);
    if (problem !== null) throw new Error(`${problem[0]} was answered:\n${stdout}`);
    cluster.say(`${commands.split('\n').filter((line) => !line.startsWith('#')).length} lines pasted`);
  },
};
