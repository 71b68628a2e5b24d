import { describe, expect, test } from '@jest/globals';
import { type K6Job, k6Job } from './k6-job.ts';
import { podLabels } from './labels.ts';
import { networkPolicy } from './network-policy.ts';

const asked: K6Job = {
  name: 'onsale-load-drop-r1',
  run: 'r1',
  image: 'grafana/k6:1',
  node: undefined,
  entry: 'k6/drop.ts',
  scriptKeys: { 'k6.drop.ts': 'k6/drop.ts' },
  dataMaps: ['onsale-load-drop-r1-data'],
  dataSecrets: ['onsale-load-drop-r1-0'],
  environment: [{ name: 'RUN', value: 'r1' }],
  output: 'http://onsale-influxdb:8086/k6',
  deadlineSeconds: 1_800,
};

const podOf = (more: Partial<K6Job> = {}) => k6Job({ ...asked, ...more }).spec?.template;

describe('the Job of k6', () => {
  test('keeps to restricted Pod Security', () => {
    const pod = podOf()?.spec;
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod?.automountServiceAccountToken).toBe(false);
    for (const container of pod?.containers ?? []) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('runs once, when all it needs is there, and is not kept for ever', () => {
    expect(k6Job(asked).spec).toMatchObject({
      suspend: true,
      backoffLimit: 0,
      activeDeadlineSeconds: 1_800,
      ttlSecondsAfterFinished: 900,
    });
    expect(podOf()?.spec?.restartPolicy).toBe('Never');
  });

  test('sends its measurements where there is a place for them', () => {
    expect(podOf()?.spec?.containers[0]?.args).toContain('--out=influxdb=http://onsale-influxdb:8086/k6');
    expect(podOf({ output: undefined })?.spec?.containers[0]?.args?.join(' ')).not.toContain('--out');
  });

  test('is pinned to a node when asked to', () => {
    expect(podOf()?.spec).not.toHaveProperty('nodeSelector');
    expect(podOf({ node: 'worker' })?.spec?.nodeSelector).toEqual({ 'kubernetes.io/hostname': 'worker' });
  });

  test('has a policy of its own that finds its pod, and knows the ports of pods, not of Services', () => {
    const service = { spec: { selector: { app: 'gateway' }, ports: [{ port: 80, targetPort: 'http' }] } };
    const { spec } = networkPolicy('onsale-load-drop-r1', 'r1', [{ service }, { port: 8086 }]);
    expect(podOf()?.metadata?.labels).toMatchObject(podLabels('r1'));
    expect(spec?.podSelector?.matchLabels).toEqual(podLabels('r1'));
    expect(spec?.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec).not.toHaveProperty('ingress');
    expect(spec?.egress?.slice(1)).toEqual([
      { to: [{ podSelector: { matchLabels: { app: 'gateway' } } }], ports: [{ protocol: 'TCP', port: 'http' }] },
      { ports: [{ protocol: 'TCP', port: 8086 }] },
    ]);
  });
});
