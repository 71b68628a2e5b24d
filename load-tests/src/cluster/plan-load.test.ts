import { describe, expect, test } from '@jest/globals';
import { type PlanLoad, planLoad } from './plan-load.ts';

const asked: PlanLoad = {
  name: 'onsale-load-drop-r1',
  run: 'r1',
  options: { kind: 'drop', release: 'shop', image: 'grafana/k6:1', node: undefined },
  gateway: { spec: { selector: { app: 'gateway' }, ports: [{ port: 80 }] } },
  output: undefined,
  scripts: { 'k6/drop.ts': 'a', 'src/sale/play.ts': 'b' },
  environment: { SPEED: '1' },
  secretEnvironment: [],
  files: { 'scenario.json': '{}' },
  secretFiles: { 'buyers-0.json': '[]', 'logins.json': '[]' },
  deadlineSeconds: 60,
};

describe('the plan of a load', () => {
  const { job, belongings } = planLoad(asked);
  const pod = job.spec?.template.spec;

  test('every ConfigMap and Secret that the pod mounts is made, with the files it expects', () => {
    const made = [...(belongings.configMaps ?? []), ...(belongings.secrets ?? [])].map(
      ({ metadata }) => metadata?.name,
    );
    const sources = pod?.volumes?.flatMap(({ projected }) => projected?.sources ?? []) ?? [];
    const scripts = pod?.volumes?.find(({ name }) => name === 'scripts')?.configMap;
    const wanted = [scripts?.name, ...sources.map(({ configMap, secret }) => configMap?.name ?? secret?.name)];
    expect(wanted.sort()).toEqual(made.sort());
    expect(scripts?.items?.map(({ path }) => path)).toEqual(['k6/drop.ts', 'src/sale/play.ts']);
    expect(Object.keys(belongings.configMaps?.[0]?.data ?? {})).toEqual(scripts?.items?.map(({ key }) => key));
  });

  test('tokens are in Secrets, never in a ConfigMap or the environment', () => {
    expect(belongings.secrets?.flatMap(({ stringData }) => Object.keys(stringData ?? {}))).toEqual([
      'buyers-0.json',
      'logins.json',
    ]);
    expect(belongings.configMaps?.flatMap(({ data }) => Object.keys(data ?? {}))).not.toContain('buyers-0.json');
  });

  test('the gateway is reached through its Service', () => {
    expect(pod?.containers[0]?.env).toContainEqual({ name: 'GATEWAY_URL', value: 'http://shop-gateway:80' });
  });
});
