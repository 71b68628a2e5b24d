import type { Pod } from './pods-of.ts';

/** Pods that serve until they are told to end, as opposed to those of jobs and tests. */
export function longRunning(pods: readonly Pod[]): Pod[] {
  return pods.filter(({ owner }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(owner.kind));
}

/** Pods of the application: of the release `onsale`, by their label. */
export function ofApplication(pods: readonly Pod[]): Pod[] {
  return pods.filter(({ labels }) => labels['app.kubernetes.io/part-of'] === 'onsale');
}
