import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { appContainers } from './support/app-containers.ts';
import { type ComposeService, composeFile } from './support/compose-file.ts';
import { inCheckout } from './support/in-checkout.ts';
import { makeSecrets } from './support/made-secrets.ts';

const secrets = makeSecrets();
afterAll(() => secrets.remove());

const read = (path: string) => readFileSync(inCheckout(path), 'utf8');
const first = (pattern: RegExp, text: string) => Number(pattern.exec(text)?.[1]);

/** The ports that a container listens on, as its own configuration says. */
function portsOf(service: ComposeService): readonly number[] {
  const { HTTP_PORT, MANAGEMENT_PORT } = service.environment;
  if (HTTP_PORT) return [Number(HTTP_PORT), Number(MANAGEMENT_PORT)];
  if (service.image.startsWith('mysql:')) return [first(/^port\s*=\s*(\d+)/m, read('compose/mysql/my.cnf')) || 3306];
  if (service.image.startsWith('redis:')) return [first(/^port (\d+)$/m, read('compose/redis/redis.conf'))];
  if (service.image.startsWith('nginx:')) return [first(/listen (\d+);/, nginx)];
  return [...read('compose/kafka/server.properties').matchAll(/[A-Z]+:\/\/:(\d+)/g)].map(([, port]) => Number(port));
}

const nginx = read('compose/nginx/nginx.conf');

/** Every `host:port` in a text, with the usual ports of addresses that name none. */
const addressesIn = (text: string) =>
  [...text.matchAll(/(?:^|[/,@])([a-z][a-z0-9-]*):(\d+)/g)].map(([, host = '', port]) => ({
    host,
    port: Number(port),
  }));

function addressesOf({ environment }: ComposeService): { host: string; port: number }[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (/_HOST$/.test(name) && !/^(HTTP|MANAGEMENT)_/.test(name)) return [{ host: value, port: 3306 }];
    return /_(URL|BROKERS|UPSTREAMS|ENDPOINT)$/.test(name) ? addressesIn(value) : [];
  });
}

function expectReachable(from: ComposeService, { host, port }: { host: string; port: number }): void {
  const target = composeFile.services[host];
  if (!target) throw new Error(`there is no service ${host}`);
  expect({ host, ports: portsOf(target) }).toEqual({ host, ports: expect.arrayContaining([port]) });
  expect({ host, shared: from.networks.some((network) => target.networks.includes(network)) }).toEqual({
    host,
    shared: true,
  });
}

describe('the addresses in compose.yaml', () => {
  test('are found at all', () => {
    const order = composeFile.services.order;
    expect(order && addressesOf(order).map(({ host }) => host)).toEqual(
      expect.arrayContaining([
        'mysql-primary',
        'mysql-replica',
        'redis',
        'kafka-1',
        'kafka-3',
        'auth',
        'data-platform',
      ]),
    );
    expect(portsOf(composeFile.services['kafka-1'] ?? raise())).toEqual([9092, 9093]);
  });

  test.each(appContainers.map(({ name, service }) => [name, service] as const))(
    'of %s are those of services that listen there, on a network they share',
    (_name, service) => {
      for (const address of addressesOf(service)) expectReachable(service, address);
    },
  );

  test('nginx spreads over every gateway, and its published port is the one it listens on', () => {
    const gateways = [...nginx.matchAll(/^\s+server ([a-z0-9-]+):(\d+) /gm)].map(([, host = '', port]) => ({
      host,
      port: Number(port),
    }));
    const all = appContainers
      .filter(({ program }) => program === 'services/gateway/src/main.ts')
      .map(({ name }) => name);
    expect(gateways.map(({ host }) => host).toSorted()).toEqual(all.toSorted());
    const front = composeFile.services.nginx ?? raise();
    for (const gateway of gateways) expectReachable(front, gateway);
    expect(front.ports.map((port) => Number(port.split(':').at(-1)))).toEqual(portsOf(front));
  });

  test('a gateway trusts as many proxies as stand before it', () => {
    for (const { program, service } of appContainers) {
      if (program === 'services/gateway/src/main.ts') expect(service.environment.GATEWAY_TRUSTED_HOPS).toBe('1');
    }
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
  });

  test("kafka's nodes know each other by the names of their services", () => {
    const voters = /^controller\.quorum\.voters=(.*)$/m.exec(read('compose/kafka/server.properties'))?.[1] ?? '';
    const nodes = Object.entries(composeFile.services).filter(([, { image }]) => image.startsWith('apache/kafka:'));
    expect(voters.split(',')).toEqual(nodes.map(([name, { environment }]) => `${environment.NODE_ID}@${name}:9093`));
    for (const [name, { environment }] of nodes) expect(name).toBe(`kafka-${environment.NODE_ID}`);
  });

  test("MySQL's certificate is good for the names it is asked by, and signed by the authority that clients have", () => {
    const certificate = new X509Certificate(readFileSync(join(secrets.folder, 'mysql-certificate')));
    const hosts = Object.entries(composeFile.services).filter(([, { image }]) => image.startsWith('mysql:'));
    for (const [name] of hosts) expect(certificate.checkHost(name)).toBe(name);
    expect(certificate.verify(new X509Certificate(readFileSync(join(secrets.folder, 'mysql-ca'))).publicKey)).toBe(
      true,
    );
  });
});

function raise(): never {
  throw new Error('compose.yaml lacks a service that it must have');
}
