import { readFile } from 'node:fs/promises';
import { type ChartRenderer, createChartRenderer } from './chart-renderer.ts';
import { joinManifests, type Manifests, parseManifests } from './manifests.ts';
import { withMysqlRoles } from './mysql-roles.ts';
import { renderInfra } from './render-infra.ts';

/** Ways to run the platform in a cluster: data services and application together, as their scenarios say. */
export const profileNames = ['lite', 'external', 'ha'] as const;
export type ProfileName = (typeof profileNames)[number];

export interface Profile {
  readonly namespace: string;
  readonly manifests: Manifests;
  /** host:port of what the operator has elsewhere. */
  readonly outside: ReadonlySet<string>;
  /** Users that the operator has made, with their passwords, where the chart provisions none. */
  readonly users: Readonly<Record<string, string>>;
  /** Programs that it has no use for. */
  readonly without: readonly string[];
}

export interface Profiles {
  render(name: ProfileName): Promise<Profile>;
}

const namespace = 'onsale';
const nothing = { outside: new Set<string>(), users: {}, without: [] };
/** Who runs other servers than charts/onsale-infra-lite has promotes their replica by other means. */
const failover = 'operations/src/failover.ts';

/** Renders profiles; `charts` is the folder of Bitnami's charts, where it is at hand. */
export function createProfiles(charts: string | undefined): Profiles {
  const renderer = createChartRenderer();
  const app = (scenario: ProfileName) => renderScenario(renderer, scenario);
  return {
    async render(name) {
      switch (name) {
        case 'lite': {
          const lite = await renderer.manifests({ chart: 'charts/onsale-infra-lite', release: 'data', namespace });
          const watched = await renderScenario(renderer, name, { 'failover.watch.enabled': true });
          return { ...nothing, namespace, manifests: joinManifests(withMysqlRoles(lite), watched) };
        }
        case 'ha': {
          const { manifests } = await renderInfra(renderer, charts);
          return { ...nothing, without: [failover], namespace, manifests: joinManifests(manifests, await app(name)) };
        }
        case 'external':
          return { namespace, ...elsewhere, manifests: joinManifests(await secretsElsewhere(), await app(name)) };
      }
    },
  };
}

/** The application as one of its scenarios has it, and with further values. */
export function renderScenario(
  renderer: ChartRenderer,
  scenario: ProfileName,
  set: Readonly<Record<string, unknown>> = {},
): Promise<Manifests> {
  return renderer.manifests({
    chart: 'charts/onsale',
    release: 'onsale',
    namespace,
    values: [`charts/onsale/scenarios/${scenario}/values.yaml`],
    set,
  });
}

const elsewhere = {
  outside: new Set([
    'writer.mysql.example.com:3306',
    'reader.mysql.example.com:3306',
    'locks.redis.example.com:6379',
    'cache.redis.example.com:6380',
    'b-1.kafka.example.com:9096',
    'b-2.kafka.example.com:9096',
    'b-3.kafka.example.com:9096',
    'collector.observability:4318',
    'data-platform.example.com:443',
  ]),
  users: { auth_app: 'one', auth_migrator: 'two', commerce_app: 'three', commerce_migrator: 'four', auditor: 'five' },
  without: ['operations/src/provision.ts', 'services/data-platform/src/main.ts', failover],
};

async function secretsElsewhere(): Promise<Manifests> {
  return parseManifests(await readFile(new URL('external-secrets.yaml', import.meta.url), 'utf8'));
}
