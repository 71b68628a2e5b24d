import type { Server } from 'node:http';
import type { LocalServers } from '@onsale/local-servers';

/** What a run of the integration tests started, for its end. */
export interface TestRun {
  readonly servers: LocalServers;
  readonly provisioner: Server;
  /** Everything of the run is in it. */
  readonly folder: string;
}

// Jest gives its set-up and its tear-down no other common place than the global object.
const place = Symbol.for('onsale.test-run');

export function rememberRun(run: TestRun): void {
  Reflect.set(globalThis, place, run);
}

/** The run that was set up in this process; undefined when the set-up failed. */
export function recallRun(): TestRun | undefined {
  return Reflect.get(globalThis, place);
}
