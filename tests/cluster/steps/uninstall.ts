import type { Cluster } from '../cluster.ts';
import { commandsInNotes } from '../shop/commands-in-notes.ts';
import { clientPod } from '../shop/purchase.ts';
import type { Step } from '../step.ts';
import { eventually } from '../tools/eventually.ts';

/** What Kubernetes itself puts into a namespace. */
const itsOwn = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];
/** What tells of the past, or of what is listed anyway. */
const passing = /^(events|events\.events\.k8s\.io|pods\.metrics\.k8s\.io|endpoints)$/;

async function everythingIn({ kubectl }: Cluster): Promise<string[]> {
  const kinds = (await kubectl(['api-resources', '--verbs=list', '--namespaced', '-o', 'name'])).trim().split('\n');
  const asked = kinds.filter((kind) => !passing.test(kind)).join();
  const names = (await kubectl(['get', asked, '-o', 'name', '--ignore-not-found'])).trim().split('\n');
  return names.filter((name) => name !== '' && !itsOwn.includes(name));
}

/** Whether the name is in the text, or what the text says of many: `data-onsale-*`. */
function speaksOf(text: string, name: string): boolean {
  const many = text.match(/[a-z0-9-]+-(?=\*)/g) ?? [];
  return text.split(/[^a-z0-9-]+/).includes(name) || many.some((beginning) => name.startsWith(beginning));
}

/** The commands in notes that remove what an uninstall keeps. */
const removals = (notes: string) =>
  commandsInNotes(notes)
    .split('\n')
    .filter((line) => / delete /.test(line));

export const uninstall: Step = {
  name: 'uninstall',
  shows: 'helm uninstall leaves nothing but the volumes and Secrets that the releases said would stay',
  async run(cluster) {
    const { helm, kubectl } = cluster;
    const notes = await Promise.all(['onsale', 'data'].map((release) => helm(['get', 'notes', release])));
    await kubectl(['delete', 'pod', clientPod, '--ignore-not-found', '--wait']);
    const gone: string[] = [];
    for (const release of ['onsale', 'data']) {
      const { stdout } = await helm(['uninstall', release, '--wait', '--timeout', '4m'], { timeoutMs: 260_000 });
      gone.push(stdout);
    }
    const said = [...notes.map(({ stdout }) => stdout), ...gone].join('\n');
    const left = await eventually(
      'nothing else to be left',
      async () => {
        const names = await everythingIn(cluster);
        const unsaid = names.filter((name) => !speaksOf(said, name.split('/')[1] ?? name));
        if (unsaid.length > 0) throw new Error(unsaid.join(', '));
        return names;
      },
      { withinMs: 60_000, everyMs: 2_000 },
    );
    cluster.say(`left, as said: ${left.join(', ')}`);
    for (const command of notes.flatMap(({ stdout }) => removals(stdout))) {
      await cluster.run('bash', ['-c', command], { timeoutMs: 90_000 });
    }
    const kept = await everythingIn(cluster);
    const volumes = kept.filter((name) => name.startsWith('persistentvolumeclaim/'));
    if (volumes.length > 0) throw new Error(`the notes' commands do not remove ${volumes.join(', ')}`);
    cluster.say(`after the commands of the notes: ${kept.join(', ') || 'nothing'}`);
  },
};
