import { describe, expect, test } from '@jest/globals';
import { checkout } from './checkout.ts';
import { loadLocalConfig } from './config.ts';

describe('the configuration of the local platform', () => {
  test('needs nothing', () => {
    expect(loadLocalConfig({})).toEqual({
      dataFolder: `${checkout}/.onsale`,
      gateway: { port: 8080, exact: false },
      instances: {},
      seed: true,
      serviceEnvironment: {},
    });
  });

  test('takes a port that is set at its word', () => {
    expect(loadLocalConfig({ ONSALE_PORT: '9000' }).gateway).toEqual({ port: 9000, exact: true });
  });

  test('gives services what is theirs, and no other secret of the shell', () => {
    const { serviceEnvironment } = loadLocalConfig({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      SECRET: 'x',
    });
    expect(serviceEnvironment).toEqual({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' });
  });

  test('counts instances', () => {
    expect(loadLocalConfig({ ONSALE_INSTANCES: 'order=2,point=3' }).instances).toEqual({ order: 2, point: 3 });
  });

  test.each([
    [{ ONSALE_PORT: '80a' }, 'ONSALE_PORT: must be a port number from 1 to 65535'],
    [{ ONSALE_PORT: '70000' }, 'ONSALE_PORT: must be a port number from 1 to 65535'],
    [{ ONSALE_INSTANCES: 'order' }, 'ONSALE_INSTANCES: must be like order=2,point=2, with at most 8 each'],
    [{ ONSALE_SEED: 'yes' }, 'ONSALE_SEED: must be on or off'],
  ])('names the variable and the rule: %j', (environment, message) => {
    expect(() => loadLocalConfig(environment)).toThrow(message);
  });
});
