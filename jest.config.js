const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const project = (displayName, testMatch, more) => ({
  displayName,
  rootDir: import.meta.dirname,
  testMatch,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': swc },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.onsale'],
  ...more,
});

const integration = '**/*.integration.test.ts';

export default {
  projects: [
    project('unit', [
      '<rootDir>/{packages,services,local,seed,load-tests,operations,scripts,tests}/**/*.test.ts',
      `!${integration}`,
    ]),
    project('integration', [`<rootDir>/{packages,services,local,seed,load-tests,operations,tests}/${integration}`], {
      globalSetup: '<rootDir>/tests/support/global-setup.ts',
      globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
    }),
  ],
  // Two cores, and every integration test talks to servers on the same two.
  maxWorkers: 2,
  testTimeout: 60_000,
};
