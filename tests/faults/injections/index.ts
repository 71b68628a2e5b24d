import type { Injection } from './injection.ts';
import { kafkaFaults } from './kafka/kafka-faults.ts';
import { cutAtCommit } from './mysql/cut-at-commit.ts';
import { primaryFaults } from './mysql/primary-faults.ts';
import { replicaFaults } from './mysql/replica-faults.ts';
import { wireFaults } from './network/wire-faults.ts';
import { poolFaults } from './pools/pool-faults.ts';
import { redisFaults } from './redis/redis-faults.ts';
import { serviceFaults } from './services/service-faults.ts';

export type { Injection } from './injection.ts';

/** Every way to break the platform from outside of its processes. */
export const injections: readonly Injection[] = [
  ...serviceFaults,
  ...primaryFaults,
  cutAtCommit,
  ...replicaFaults,
  ...redisFaults,
  ...kafkaFaults,
  ...wireFaults,
  ...poolFaults,
];
