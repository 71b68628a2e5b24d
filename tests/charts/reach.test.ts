import { beforeAll, expect, it } from '@jest/globals';
import { chartSuite } from './support/chart-suite.ts';
import type { Manifests } from './support/manifests.ts';
import type { Pod } from './support/pods-of.ts';
import { type Endpoint, refusalsOf } from './support/policies-allow.ts';
import { endpointOf, policiesOf } from './support/policy-problems.ts';
import { createProfiles } from './support/profiles.ts';
import { longRunning, ofApplication } from './support/workload-pods.ts';

const namespace = 'onsale';
const http = { port: 8080, portName: 'http' };
const management = { port: 8081, portName: 'management' };
const load: Endpoint = {
  labels: { 'app.kubernetes.io/part-of': 'onsale-load', 'uses.onsale.dev/influxdb': 'true' },
  namespace,
};
const stranger: Endpoint = { labels: { app: 'stranger' }, namespace };
const component = ({ labels }: Pod) => labels['app.kubernetes.io/component'] ?? '';

chartSuite('who reaches whom in the lite profile', () => {
  let manifests: Manifests;
  beforeAll(async () => {
    ({ manifests } = await createProfiles(undefined).render('lite'));
  });
  const refusals = (from: Endpoint, to: Pod, at: { port: number; portName?: string }) =>
    refusalsOf(policiesOf(manifests, namespace), { from, to: endpointOf(to, namespace), ...at });
  const serving = () => longRunning(ofApplication(manifests.pods));
  const data = () => longRunning(manifests.pods).filter((pod) => !ofApplication([pod]).length);
  const podOf = (name: string): Endpoint => {
    const pod = manifests.pods.find((candidate) => component(candidate) === name);
    if (!pod) throw new Error(`no pod of ${name}`);
    return endpointOf(pod, namespace);
  };

  it('Prometheus reads the metrics of every pod of the application', () => {
    const unread = serving().filter((pod) => refusals(podOf('prometheus'), pod, management).length > 0);
    expect(serving().length).toBeGreaterThan(6);
    expect(unread.map(({ of }) => of)).toEqual([]);
  });

  it('a load reaches the gateway and the database of its results, and nothing else', () => {
    const reached = [
      ...serving().filter((pod) => refusals(load, pod, http).length === 0),
      ...data().filter(({ template }) =>
        template.spec.containers
          .flatMap(({ ports }) => ports)
          .some(({ name, containerPort }) => {
            const pod = data().find((candidate) => candidate.template === template);
            const at = { port: containerPort, ...(name ? { portName: name } : {}) };
            return pod !== undefined && refusals(load, pod, at).length === 0;
          }),
      ),
    ];
    expect(reached.map(component).sort()).toEqual(['gateway', 'influxdb']);
  });

  it('a stranger in the namespace reaches the gateway’s front alone', () => {
    const reached = serving().flatMap((pod) =>
      [http, management]
        .filter((at) => refusals(stranger, pod, at).length === 0)
        .map((at) => [component(pod), at.portName]),
    );
    expect(reached).toEqual([['gateway', 'http']]);
    const open = data().filter((pod) =>
      pod.template.spec.containers
        .flatMap(({ ports }) => ports)
        .some(({ name, containerPort }) => {
          return refusals(stranger, pod, { port: containerPort, ...(name ? { portName: name } : {}) }).length === 0;
        }),
    );
    expect(open.map(({ of }) => of)).toEqual([]);
  });

  it('services reach those of the map: the gateway all with routes, others the keys, order the data platform', () => {
    const callers = (target: string) =>
      serving()
        .filter((pod) => component(pod) !== target)
        .filter((pod) => {
          const to = serving().find((candidate) => component(candidate) === target);
          return to !== undefined && refusals(endpointOf(pod, namespace), to, http).length === 0;
        })
        .map(component)
        .sort();
    expect(callers('order')).toEqual(['gateway']);
    expect(callers('data-platform')).toEqual(['order']);
    expect(callers('auth')).toEqual(['bestseller', 'gateway', 'order', 'point', 'product']);
  });
});
