import { describe, expect, test } from '@jest/globals';
import type { V1CronJob } from '@kubernetes/client-node';
import { auditJob } from './audit-job.ts';

const container = {
  name: 'audit',
  image: 'onsale/onsale:0.1.0',
  args: ['services/audit/src/main.ts', '--wait', '30', '--json'],
  securityContext: { allowPrivilegeEscalation: false },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
};
const cronJob: V1CronJob = {
  spec: {
    schedule: '0 0 * * *',
    jobTemplate: {
      metadata: { labels: { 'app.kubernetes.io/component': 'audit' } },
      spec: {
        backoffLimit: 3,
        template: {
          metadata: { labels: { 'uses.onsale.dev/mysql': 'true' } },
          spec: { containers: [container], volumes: [{ name: 'tmp', emptyDir: {} }] },
        },
      },
    },
  },
};
const asked = { name: 'audit-r1', labels: { part: 'load' }, parts: ['p-0', 'p-1'], waitSeconds: 60, node: undefined };

describe('the Job of the audit', () => {
  const job = auditJob(cronJob, asked);
  const pod = job.spec?.template.spec;

  test("asks the release's own audit about the clients' log", () => {
    expect(pod?.containers[0]?.args).toEqual([
      'services/audit/src/main.ts',
      '--json',
      '--client-log',
      '/client-log/client-log.jsonl.gz',
      '--wait',
      '60',
    ]);
    expect(pod?.containers[0]).toMatchObject({ image: container.image, securityContext: container.securityContext });
  });

  test('joins the parts of the log first, as safely as the audit runs', () => {
    const [join] = pod?.initContainers ?? [];
    expect(join?.command?.join(' ')).toContain(
      'cat /client-log-parts/p-0 /client-log-parts/p-1 > /client-log/client-log.jsonl.gz',
    );
    expect(join?.securityContext).toEqual(container.securityContext);
    expect(pod?.volumes?.map(({ name }) => name)).toEqual(['tmp', 'client-log', 'client-log-parts']);
  });

  test('keeps the labels that the network policies go by, runs once and waits for its log', () => {
    expect(job.spec?.template.metadata?.labels).toEqual({ 'uses.onsale.dev/mysql': 'true' });
    expect(job.spec).toMatchObject({ suspend: true, backoffLimit: 0 });
    expect(job.metadata?.labels).toEqual({ 'app.kubernetes.io/component': 'audit', part: 'load' });
  });

  test('leaves the CronJob as it was', () => {
    expect(container.args).toHaveLength(4);
  });
});
