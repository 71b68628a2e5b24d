import { describe, expect, it } from '@jest/globals';
import { createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';
import { partsByService } from './support/parts-by-service.ts';
import { renderNotes } from './support/render-notes.ts';

const keda = 'keda.sh/v1alpha1';
const monitoring = 'monitoring.coreos.com/v1';
const gatewayApi = 'gateway.networking.k8s.io/v1';

chartSuite('the layout', () => {
  const renderer = createChartRenderer();
  const render = (set: Record<string, unknown>, apiVersions: readonly string[] = []) =>
    renderer.manifests({ chart: 'charts/onsale', release: 'onsale', set, apiVersions });

  it('folded and separate run the same parts, each once', async () => {
    const folded = partsByService(await render({ 'workers.layout': 'folded' }));
    const separate = partsByService(await render({ 'workers.layout': 'separate' }));
    expect(separate).toEqual(folded);
    expect(folded.order).toEqual(['data-platform-sender', 'http', 'purge', 'relay']);
  });

  it('folded has a Deployment for each service, separate one more for each worker', async () => {
    const count = async (layout: string) => (await render({ 'workers.layout': layout })).of('Deployment').length;
    const parts = Object.values(partsByService(await render({}))).flat();
    expect(await count('folded')).toBe(parts.filter((part) => part === 'http').length);
    expect(await count('separate')).toBe(parts.length);
  });

  it('tells nobody of orders where there is nobody to tell', async () => {
    const parts = partsByService(await render({ 'services.data-platform.enabled': false }));
    expect(parts.order).toEqual(['http', 'purge', 'relay']);
  });

  describe('what a cluster may not serve', () => {
    const scaled = { 'workers.layout': 'separate', 'defaults.lagScaling.enabled': true };
    const routed = { 'httpRoute.enabled': true, 'httpRoute.parentRefs': [{ name: 'edge' }] };

    it('is left out where it does not', async () => {
      const { objects } = await render({ ...scaled, ...routed });
      const versions = [...new Set(objects.map(({ apiVersion }) => apiVersion))];
      expect(versions.filter((version) => [keda, monitoring, gatewayApi].includes(version))).toEqual([]);
    });

    it.each([
      [keda, scaled, ['ScaledObject']],
      [gatewayApi, routed, ['HTTPRoute']],
      [monitoring, scaled, ['PodMonitor', 'PrometheusRule', 'ServiceMonitor']],
    ])('is there where it serves %s', async (version, set, kinds) => {
      const { objects } = await render(set, [version]);
      const found = objects.filter(({ apiVersion }) => apiVersion === version).map(({ kind }) => kind);
      expect([...new Set(found)].sort()).toEqual(kinds);
    });

    it('is said in the notes', async () => {
      const notes = await renderNotes({ chart: 'charts/onsale', release: 'onsale', set: { ...scaled, ...routed } });
      const served = await renderNotes({
        chart: 'charts/onsale',
        release: 'onsale',
        set: { ...scaled, ...routed },
        apiVersions: [keda, monitoring, gatewayApi],
      });
      for (const version of [keda, monitoring, gatewayApi]) {
        expect(notes).toMatch(new RegExp(`Left out: .*${version.replaceAll('.', '\\.')}`));
        expect(served).not.toContain(version);
      }
    });
  });

  it('keeps our own label `service` where an operator reads metrics', async () => {
    const { of } = await render({ 'workers.layout': 'separate' }, [monitoring]);
    const monitors = [...of('ServiceMonitor'), ...of('PodMonitor')].map((object) => JSON.stringify(object.spec));
    expect(monitors).toHaveLength(2);
    expect(monitors.filter((spec) => !spec.includes('"honorLabels":true'))).toEqual([]);
  });
});
