import type { Failover } from '../failover.ts';
import type { FailoverServer } from '../servers/failover-server.ts';

/** The calls that change something: between two others it makes no difference where a process ends. */
export const changes = ['stopReceiving', 'applies', 'name', 'followNobody', 'setWritable'] as const;

export type Change = (typeof changes)[number];

/** The failover as a process has it that ends just before, or just after, it makes this change. */
export function cutAt(failover: Failover, change: Change, when: 'before' | 'after'): Failover {
  const cut = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(own, property) {
        const value: unknown = Reflect.get(own, property);
        if (property !== change || typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          if (when === 'after') await Reflect.apply(value, own, given);
          throw new Error(`ended ${when} ${change}`);
        };
      },
    });
  return {
    ...failover,
    topology: cut(failover.topology),
    servers: failover.servers.map((server) => cut<FailoverServer>(server)),
  };
}
