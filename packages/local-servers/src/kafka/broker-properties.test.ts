import { describe, expect, test } from '@jest/globals';
import { advertise } from './advertise.ts';
import { brokerProperties } from './broker-properties.ts';

const nodes = [1, 2, 3].map((node) => ({ client: 10_000 + node, controller: 20_000 + node }));

function settings(ports: Parameters<typeof brokerProperties>[1]): Map<string, string> {
  const lines = brokerProperties(2, ports, '/data').trim().split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe('a broker', () => {
  test('sends clients to where it listens, and talks to the others there', () => {
    const given = settings(nodes);
    expect(given.get('listeners')).toBe('CLIENT://127.0.0.1:10002,CONTROLLER://127.0.0.1:20002');
    expect(given.get('advertised.listeners')).toBe('CLIENT://127.0.0.1:10002');
    expect(given.get('inter.broker.listener.name')).toBe('CLIENT');
  });

  test('sends clients to the port it is told to advertise, and keeps the other brokers off it', () => {
    const reserved = nodes.map((ports) => ({ ...ports, between: ports.client + 20_000 }));
    const given = settings(advertise(reserved, [41_001, 41_002, 41_003]));
    expect(given.get('listeners')).toBe(
      'CLIENT://127.0.0.1:10002,BROKER://127.0.0.1:30002,CONTROLLER://127.0.0.1:20002',
    );
    expect(given.get('advertised.listeners')).toBe('CLIENT://127.0.0.1:41002,BROKER://127.0.0.1:30002');
    expect(given.get('inter.broker.listener.name')).toBe('BROKER');
  });
});

test('every broker must have a port to advertise', () => {
  expect(() => advertise(nodes, [41_001])).toThrow('1 advertised ports for 3 brokers');
});
