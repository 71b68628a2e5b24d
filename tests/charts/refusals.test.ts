import { expect, it } from '@jest/globals';
import { type ChartInput, createChartRenderer } from './support/chart-renderer.ts';
import { chartSuite } from './support/chart-suite.ts';

type Refusal = readonly [what: string, set: Readonly<Record<string, unknown>>, sentence: RegExp];

const typos: readonly Refusal[] = [
  ['at the top', { servces: {} }, /servces/],
  ['in a block', { 'image.tags': 'x' }, /tags/],
  ['in a nested block', { 'mysql.external.primary.hosts': 'x' }, /hosts/],
  ['in the defaults', { 'defaults.resource': {} }, /resource/],
  ['in a service', { 'services.order.replica': 3 }, /replica/],
  ['in a worker', { 'services.order.workers.relay.replica': 3 }, /replica/],
  ['in a name of a service', { 'services.ordr.api': { replicas: 2 } }, /ordr/],
  ['in a name of a worker', { 'services.order.workers.rely.replicas': 2 }, /rely/],
  ['in a choice', { 'mysql.bundled': 'light' }, /mysql.*bundled/s],
  ['of a kind', { 'defaults.replicas': 'two' }, /replicas/],
];

const external = {
  'mysql.bundled': 'none',
  'mysql.external.primary.host': 'db.example.com',
  'mysql.existingSecret': 'u',
};
const contradictions: readonly Refusal[] = [
  [
    'MySQL bundled and external',
    { 'mysql.external.primary.host': 'db' },
    /mysql\.bundled is lite and mysql\.external names db: .+\./,
  ],
  [
    'Redis bundled and external',
    { 'redis.external.lock.host': 'r' },
    /redis\.bundled is lite and redis\.external names r: .+\./,
  ],
  [
    'Kafka bundled and external',
    { 'kafka.external.brokers': ['k:9092'] },
    /kafka\.bundled is lite and kafka\.external names k:9092: .+\./,
  ],
  [
    'a collector bundled and external',
    { 'tracing.external.endpoint': 'http://c:4318' },
    /tracing\.bundled is lite and .+\./,
  ],
  [
    'MySQL nowhere',
    { 'mysql.bundled': 'none', 'mysql.existingSecret': 'u', 'mysql.provision.enabled': false },
    /set mysql\.external\.primary\.host\./,
  ],
  ['Redis nowhere', { 'redis.bundled': 'none', 'redis.existingSecret': 's' }, /set redis\.external\.lock\.host\./],
  ['Kafka nowhere', { 'kafka.bundled': 'none' }, /set kafka\.external\.brokers\./],
  [
    'provisioning without a password',
    external,
    /mysql\.provision\.enabled needs mysql\.provision\.existingSecret .+\./,
  ],
  [
    'users without passwords',
    { 'mysql.provision.enabled': false },
    /mysql\.provision\.enabled is false: set mysql\.existingSecret .+\./,
  ],
  [
    'a watch over servers of others',
    { ...external, 'mysql.provision.enabled': false, 'failover.watch.enabled': true },
    /failover\.watch\.enabled needs mysql\.bundled lite, and it is none: .+\./,
  ],
  [
    'Redis without a password',
    { 'redis.bundled': 'none', 'redis.external.lock.host': 'r' },
    /redis\.external\.auth needs redis\.existingSecret/,
  ],
  [
    'SASL without a user',
    { 'kafka.bundled': 'none', 'kafka.external.brokers': ['k:9092'], 'kafka.external.sasl.mechanism': 'plain' },
    /needs kafka\.external\.sasl\.username and kafka\.existingSecret\./,
  ],
  [
    'more copies in sync than copies',
    { 'kafka.topics.minInSync': 3, 'kafka.topics.replication': 2 },
    /minInSync is above kafka\.topics\.replication/,
  ],
  [
    'two data platforms',
    { 'dataPlatform.url': 'https://d.example.com', 'dataPlatform.existingSecret': 's' },
    /set services\.data-platform\.enabled to false\./,
  ],
  [
    'a data platform without a key',
    { 'dataPlatform.url': 'https://d.example.com', 'services.data-platform.enabled': false },
    /dataPlatform\.url needs dataPlatform\.existingSecret/,
  ],
  [
    'a service that another needs left out',
    { 'services.auth.enabled': false },
    /needs the service auth, which is not enabled\./,
  ],
  ['scaling folded workers', { 'defaults.lagScaling.enabled': true }, /lagScaling needs workers\.layout separate/],
  [
    'scaling from more to fewer',
    { 'defaults.autoscaling.enabled': true, 'defaults.autoscaling.minReplicas': 9 },
    /minReplicas is above maxReplicas/,
  ],
  ['a drain shorter than connections live', { 'drain.delayMs': 0 }, /must be longer than gateway\.connectionTtlMs/],
  ['no account and no name of one', { 'serviceAccount.create': false }, /set serviceAccount\.name/],
  [
    'rights for every pod of the namespace',
    { 'serviceAccount.create': false, 'serviceAccount.name': 'default' },
    /serviceAccount\.name may not be default/,
  ],
  ['leases without the right to them', { 'rbac.create': false }, /set election\.by to database/],
  ['an Ingress without a host', { 'ingress.enabled': true }, /ingress\.enabled needs ingress\.hosts\./],
  ['a route without a Gateway', { 'httpRoute.enabled': true }, /httpRoute\.enabled needs httpRoute\.parentRefs/],
];

const infra: readonly Refusal[] = [
  ['at the top', { mysq: {} }, /mysq/],
  ['in a block', { 'redis.persistance': {} }, /persistance/],
];

chartSuite('values that are refused', () => {
  const renderer = createChartRenderer();
  const refusal = async (input: ChartInput) => {
    const error: unknown = await renderer.text(input).then(
      () => 'it was rendered',
      (reason: unknown) => reason,
    );
    return error instanceof Error ? error.message : String(error);
  };

  it.each(typos)('a typo %s', async (_, set, sentence) => {
    expect(await refusal({ chart: 'charts/onsale', release: 'onsale', set })).toMatch(sentence);
  });

  it.each(contradictions)('%s', async (_, set, sentence) => {
    const message = await refusal({ chart: 'charts/onsale', release: 'onsale', set });
    expect(message).toMatch(sentence);
    // Besides helm's own words around it: lines of one sentence each.
    const said = message.split('\n').filter((line) => sentence.test(line));
    expect(said.filter((line) => !line.endsWith('.'))).toEqual([]);
  });

  it.each(infra)('a typo of onsale-infra-lite %s', async (_, set, sentence) => {
    expect(await refusal({ chart: 'charts/onsale-infra-lite', release: 'data', set })).toMatch(sentence);
  });
});
