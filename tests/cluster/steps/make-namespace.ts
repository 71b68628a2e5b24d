import { stringify } from 'yaml';
import type { Step } from '../step.ts';

export const makeNamespace: Step = {
  name: 'namespace',
  shows: 'a namespace that refuses pods which are not restricted',
  essential: true,
  async run({ kubectl, namespace }) {
    const levels = ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
    const manifest = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: Object.fromEntries(levels) },
    };
    await kubectl(['apply', '-f', '-'], { input: stringify(manifest) });
  },
};
