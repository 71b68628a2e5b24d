/** Everything that a load makes in the cluster has these. */
export const loadLabels = {
  'app.kubernetes.io/name': 'onsale-load',
  'app.kubernetes.io/part-of': 'onsale-load',
  'app.kubernetes.io/managed-by': 'onsale-load',
} as const;

/** Of one run's k6 pod; its NetworkPolicy finds it by them. */
export function podLabels(run: string): Record<string, string> {
  return { ...loadLabels, 'app.kubernetes.io/component': 'k6', 'app.kubernetes.io/instance': run };
}
