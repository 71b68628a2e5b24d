const tests = '\\.test\\.ts$|/testing/|^tests/';

/** The import rules of the house: arrows point one way, and `./tx` is the only door between services. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'packages-not-to-services',
      comment: 'the platform and the contracts know no word of the shop',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: '^(services|local|seed|tests|load-tests|operations)/' },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(packages/(?!contracts/)|services/|local/)' },
    },
    {
      name: 'only-through-exports',
      comment: 'another workspace is used through the exports of its package.json',
      severity: 'error',
      from: { path: '^(packages|services)/([^/]+)/' },
      to: {
        path: '^(packages|services)/([^/]+)/src/',
        pathNot: [
          '^$1/$2/',
          '^packages/contracts/src/index\\.ts$',
          '^packages/local-servers/src/index\\.ts$',
          '^packages/platform/src/(service|http|database|messaging|redis|stores|telemetry|provisioning)/index\\.ts$',
          '^services/[^/]+/src/(service|tx|keys|passwords|index)\\.ts$',
        ],
      },
    },
    {
      name: 'services-apart',
      comment: 'a service never imports another, but the order use cases, which walk through ./tx',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: `${tests}|^services/order/src/usecases/` },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'order-only-through-tx',
      severity: 'error',
      from: { path: '^services/order/src/usecases/', pathNot: tests },
      to: { path: '^services/(?!order/)[^/]+/', pathNot: '^services/[^/]+/src/tx\\.ts$' },
    },
    {
      name: 'domain-imports-nothing-outward',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: tests },
      to: { path: '^(services/[^/]+/src/(?!domain/)|packages/platform/)' },
    },
    {
      name: 'kafkajs-in-one-room',
      severity: 'error',
      from: { path: '^(packages|services|local|seed|operations)/', pathNot: '^packages/platform/src/messaging/' },
      to: { path: '/kafkajs/' },
    },
    {
      name: 'redlock-in-one-file',
      severity: 'error',
      from: { path: '^(packages|services|local)/', pathNot: '^packages/platform/src/redis/redlock-attempt\\.ts$' },
      to: { path: '/redlock/' },
    },
    {
      name: 'tests-stay-out-of-the-product',
      severity: 'error',
      from: { path: '^(packages|services|local|seed|load-tests|operations)/', pathNot: tests },
      to: { path: '^tests/|\\.test\\.ts$|/jest/|@jest/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
