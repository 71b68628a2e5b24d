import type { Wire, Wires } from '../../injections/network/wires.ts';

/** What services depend on, and the wires that lead there. */
export interface Dependency {
  readonly name: string;
  wiresOf(wires: Wires): readonly Wire[];
}

export const dependencies: readonly Dependency[] = [
  { name: 'MySQL primary', wiresOf: ({ mysqlPrimary }) => [mysqlPrimary] },
  { name: 'MySQL replica', wiresOf: ({ mysqlReplica }) => [mysqlReplica] },
  { name: 'Redis', wiresOf: ({ redis }) => [redis] },
  { name: 'one broker', wiresOf: ({ brokers }) => brokers.slice(0, 1) },
  { name: 'all brokers', wiresOf: ({ brokers }) => brokers },
  { name: 'data platform', wiresOf: ({ dataPlatform }) => [dataPlatform] },
];
